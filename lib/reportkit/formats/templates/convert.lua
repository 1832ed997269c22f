-- A page's HTML in several formats. pandoc's own command writes one at a time and reads the page for each.
-- What comes in is JSON: text (HTML), about (title, cover lines, lang, contents, source notes and their style)
-- and, by format, the options of its writer. The notes, half of a long report, need not be read as HTML.
local asked = pandoc.json.decode(io.read("a"), false)
local document = pandoc.read(asked.text, "html")

local cover = pandoc.Inlines({})
for number, line in ipairs(asked.about.cover) do
  if number > 1 then cover:insert(pandoc.LineBreak()) end
  cover:insert(pandoc.Str(line))
end
document.meta.title = asked.about.title
document.meta.subtitle = cover
document.meta.lang = asked.about.lang
document.meta["toc-title"] = asked.about.contents

local notes = pandoc.Blocks({})
for number, note in ipairs(asked.about.notes) do
  local begin = pandoc.Span(number .. ".", { id = "n" .. number })
  local line = pandoc.Inlines({ begin, pandoc.Str(" " .. note.text) })
  for _, other in ipairs(note.made_of) do
    line:extend({ pandoc.Str(" "), pandoc.Link(string.format("%d", other), string.format("#n%d", other)) })
  end
  notes:insert(pandoc.Para(line))
end
if #notes > 0 then document.blocks:insert(pandoc.Div(notes, asked.about.style)) end

for format, options in pairs(asked.formats) do
  local file = io.open("made." .. format, "wb")
  file:write(pandoc.write(document, format, options))
  file:close()
end
