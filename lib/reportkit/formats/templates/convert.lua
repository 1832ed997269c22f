-- A page's HTML in several formats. pandoc's own command writes one at a time and reads the page for each.
-- What it is called with: text and opening (HTML), about (title, document, cover lines, lang, contents, blocks of
-- the annex) and, by format, the options of its writer. The annex, much of a long report, need not be read as HTML.
local asked = ...
local document = pandoc.read(asked.text, "html")

-- what a chart looks like is said in official.typ
document = document:walk({ Div = function(div)
  if div.classes:includes("drawn") then
    return { pandoc.RawBlock("typst", "#drawn["), div, pandoc.RawBlock("typst", "]") }
  end
end })

local cover = pandoc.Inlines({})
if asked.about.document ~= "" then
  cover:insert(pandoc.Span(pandoc.Str(asked.about.document), { ["custom-style"] = "Subject" }))
end
for _, line in ipairs(asked.about.cover) do
  if #cover > 0 then cover:insert(pandoc.LineBreak()) end
  cover:insert(pandoc.Str(line))
end
document.meta.title = asked.about.title
document.meta.subtitle = cover
document.meta.lang = asked.about.lang
document.meta["toc-title"] = asked.about.contents

-- an item of a list that begins as one of another does ("- 3", "= 3") would be one in Typst
local function item(list)
  for _, blocks in ipairs(list.content) do
    local words = blocks[1] and (blocks[1].tag == "Plain" or blocks[1].tag == "Para") and blocks[1].content
    if words and words[1] and words[1].tag == "Str" and words[1].text:match("^[-+/=%d]") then
      words:insert(1, pandoc.RawInline("typst", "#[]"))
    end
  end
  return list
end

-- where each note leads back to: the first mark with its number, or else the first figure computed from it
local back = {}
local function mark(span)
  local number = span.identifier:match("^m(%d+)$")
  if number then back[tonumber(number)] = "#m" .. number end
end

-- what stands below a chart: in Word by its style
local function caption(div)
  if not div.classes:includes("chart-caption") then return end
  return { pandoc.RawBlock("typst", "#chart-caption["), div, pandoc.RawBlock("typst", "]") }
end

document = document:walk({ BulletList = item, OrderedList = item, Span = mark, Div = caption })
for _, paragraph in ipairs(asked.about.annex) do
  for _, note in ipairs(paragraph.notes) do
    for _, run in ipairs(note.made_of) do
      for number = run[1], run[2] do back[number] = back[number] or string.format("#n%d", note.number) end
    end
  end
end

local function link(number)
  return pandoc.Link(string.format("%d", number), string.format("#n%d", number))
end

local colon, comma = ": ", ", "
if asked.about.lang:match("^zh") then colon, comma = "：", "、" end

local function noted(line, note)
  local number = pandoc.Inlines(string.format("%d", note.number))
  if back[note.number] then number = pandoc.Inlines(pandoc.Link(number, back[note.number])) end
  -- in a box: a label of its own that begins a line would be at the end of the line before
  line:insert(pandoc.RawInline("typst", "#box["))
  line:insert(pandoc.Span(pandoc.Strong(number), { id = string.format("n%d", note.number) }))
  if #note.made_of > 0 then line:insert(pandoc.Str(colon)) end
  line:insert(pandoc.RawInline("typst", "]"))
  if note.text ~= "" then line:insert(pandoc.Str("\u{a0}" .. note.text)) end
  for place, run in ipairs(note.made_of) do
    if place > 1 then line:insert(pandoc.Str(comma)) end
    line:insert(link(run[1]))
    if run[2] > run[1] then line:extend({ pandoc.Str("–"), link(run[2]) }) end
  end
end

-- what each kind of paragraph looks like is said in official.typ, and in Word by a style
local function typst(text) document.blocks:insert(pandoc.RawBlock("typst", text)) end
if #asked.about.annex > 0 then typst("#annex[") end
for _, paragraph in ipairs(asked.about.annex) do
  local line = pandoc.Inlines(pandoc.Str(paragraph.text))
  for number, note in ipairs(paragraph.notes) do
    if number > 1 then line:insert(pandoc.Str("　")) end
    noted(line, note)
  end
  typst("#annex-" .. paragraph.kind .. "[")
  document.blocks:insert(pandoc.Div({ pandoc.Para(line) }, { ["custom-style"] = "Annex " .. paragraph.kind }))
  typst("]")
end
if #asked.about.annex > 0 then typst("]") end

-- Typst has a first page of its own
local opening = asked.opening ~= "" and pandoc.read(asked.opening, "html").blocks or pandoc.Blocks({})
for format, options in pairs(asked.formats) do
  local file = io.open("made." .. format, "wb")
  local shown = document
  if format == "docx" then shown = pandoc.Pandoc(opening .. document.blocks, document.meta) end
  file:write(pandoc.write(shown, format, options))
  file:close()
end
