#!/usr/bin/env bash
# One notebook, bold in one format and asterisks in the other.
#
# nbconvert 7.17.2 with mistune 3.4.0 and pandoc 3.9 (pypandoc-binary 1.17). A Chinese sentence in bold ends with its full stop
# inside the bold, and the next one follows without a space, as Chinese does: **...。**.... By CommonMark two asterisks
# between punctuation and a letter close nothing, so the HTML shows them; pandoc, through which nbconvert makes reStructuredText,
# LaTeX and PDF, reads Markdown of its own and sees the bold. A space behind the asterisks makes both bold.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
    nbconvert==7.17.2 mistune==3.4.0 pypandoc-binary==1.17 nbformat==5.11.1
PATH="$(dirname "$("$work/venv/bin/python" -c 'import pypandoc; print(pypandoc.get_pandoc_path())')"):$work/venv/bin:$PATH"
made() {  # text, format
    python - "$1" "$work/one.ipynb" <<'PY'
import sys, nbformat

nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(sys.argv[1])]), sys.argv[2])
PY
    jupyter-nbconvert --log-level ERROR --to "$2" --stdout "$work/one.ipynb" | grep -o '.*不能判断.*' | tail -1
}
close='**能否撑住，不能判断。**最新年度：2024 年。'
page=$(made "$close" html) text=$(made "$close" rst) apart=$(made "${close/。\*\*最/。** 最}" html)
echo "HTML: $page; by pandoc: $text; with a space, HTML: $apart"
[[ "$page" == *'**能否撑住，不能判断。**最新'* ]] && [[ "$text" == '**能否撑住，不能判断。**'* ]]
[[ "$apart" == *'<strong>能否撑住，不能判断。</strong> 最新'* ]]
