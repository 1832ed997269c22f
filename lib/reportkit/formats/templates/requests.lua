-- Requests to convert.lua, whose path is the argument, one after the other: much of what pandoc does for a page is
-- done for the first one only. A request is a line of JSON, and has the folder to work in; it is answered by a line:
-- what failed, or an empty one.
local convert = assert(loadfile(arg[1]))
for line in io.lines() do
  local asked = pandoc.json.decode(line, false)
  pandoc.mediabag.empty()  -- pictures of two pages have the same names
  local good, failed = pcall(pandoc.system.with_working_directory, asked.folder, function() convert(asked) end)
  io.write(good and "" or tostring(failed):gsub("%s+", " "), "\n")
  io.flush()
end
