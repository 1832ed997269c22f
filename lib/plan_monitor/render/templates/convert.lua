-- A page's HTML in several formats. pandoc's own command writes one at a time and reads the page for each.
-- The argument is JSON: about (title, cover lines, lang, contents) and, by format, the options of its writer.
local asked = pandoc.json.decode(arg[1], false)
local document = pandoc.read(io.read("a"), "html")

local cover = pandoc.Inlines({})
for number, line in ipairs(asked.about.cover) do
  if number > 1 then cover:insert(pandoc.LineBreak()) end
  cover:insert(pandoc.Str(line))
end
document.meta.title = asked.about.title
document.meta.subtitle = cover
document.meta.lang = asked.about.lang
document.meta["toc-title"] = asked.about.contents

for format, options in pairs(asked.formats) do
  local file = io.open("made." .. format, "wb")
  file:write(pandoc.write(document, format, options))
  file:close()
end
