"""The first page of a report, which can be sent alone: the answer, some figures, a chart, what to do next.

A cell tagged ``brief`` shows it: ``brief`` first, then one small chart. Its output holds the page twice: as
HTML and Markdown to be read, and as data (``BRIEF``) for the front page and for paper.
"""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import jinja2
from IPython.display import display
from markupsafe import Markup, escape

from reportkit.cited import span, spans, unique_ids, unmarked
from reportkit.language import Text, chosen, tr

BRIEF = "application/vnd.reportkit.brief+json"
MOST = 6  # figures
_HTML = jinja2.Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(
    """\
<div class="brief">
<p class="answer">{{ answer }}</p>
<ul class="facts">
{% for fact in facts %}
<li><span class="label">{{ fact.label }}</span> <strong>{{ fact.figure }}</strong>
{% if fact.word %}
<span class="state{{ ' status-' ~ fact.state if fact.state }}">{{ fact.word }}</span>
{% endif %}
</li>
{% endfor %}
</ul>
{% if steps %}
<p class="next">{{ next }}</p>
<ol class="steps">
{% for step in steps %}
<li>{{ step }}</li>
{% endfor %}
</ol>
{% endif %}
{% if limits %}<p class="limits">{{ limits }}</p>{% endif %}
</div>
"""
)


class Fact(NamedTuple):
    """A figure of the first page."""

    label: Text  # what it is, in few words
    figure: str  # with its unit, and its time where the label does not say it
    ids: Iterable[str] = ()  # of the stored rows that it comes from
    word: str = ""  # its state, or what it is to be seen beside: "slow", "nation 85.2 % (2020)"
    state: str = ""  # code of the state, where it is one of ``formats.jinja.STATUS``


def brief(
    answer: Text, facts: Sequence[Fact], steps: Sequence[str] = (), limits: Text = "", as_of: str = ""
) -> None:
    """Show the first page of a report.

    `answer` is one sentence of at most 40 Chinese characters or 20 words. `facts`: three to six, the most
    telling first; only the first six are shown. `steps` say what to do next, the most urgent first, each with
    who and by when if that is known; `limits` what the figures cannot tell. Answer, steps and limits may hold
    ``cited`` figures. `as_of` is the period of the steps, for their heading.
    """
    sets: list[list[str]] = []

    def traced(text: str) -> Markup:
        return Markup(spans(str(escape(text)), sets))

    sentence = chosen(answer)
    context = {"answer": traced(sentence), "facts": [], "steps": [traced(step) for step in steps]}
    data: dict[str, Any] = {"answer": unmarked(sentence), "facts": [], "steps": [*map(unmarked, steps)]}
    for fact in facts[:MOST]:
        ids, common = unique_ids(fact.ids), {"label": chosen(fact.label), "state": fact.state}
        figure = Markup(span(ids, sets, escape(fact.figure))) if ids else fact.figure
        context["facts"].append(common | {"figure": figure, "word": traced(fact.word)})
        data["facts"].append(common | {"figure": str(fact.figure), "word": unmarked(fact.word), "ids": ids})
    context["limits"], data["limits"] = traced(chosen(limits)), unmarked(chosen(limits))
    data["next"] = tr("下一步", "What to do next")
    if as_of:
        data["next"] += tr(f"（截至 {as_of}）", f" (as of {as_of})")
    html = _HTML.render(**context, next=data["next"])
    text = _text(data)
    data["sets"] = sets
    display({"text/html": html, "text/markdown": text, "text/plain": text, BRIEF: data}, raw=True)


def _text(data: dict[str, Any]) -> str:
    """The page as Markdown."""
    facts = [
        f"- {fact['label']} **{fact['figure']}**" + (f" · {fact['word']}" if fact["word"] else "")
        for fact in data["facts"]
    ]
    steps = [f"{number}. {step}" for number, step in enumerate(data["steps"], 1)]
    parts = [f"**{data['answer']}**", "\n".join(facts)]
    parts += [data["next"] + tr("：", ":") + "\n\n" + "\n".join(steps)] if steps else []
    return "\n\n".join(filter(None, [*parts, data["limits"]]))
