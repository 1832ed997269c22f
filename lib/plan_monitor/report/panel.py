"""A panel for exploring in JupyterLab; a selection can be saved as the parameters of a notebook."""

import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd
from IPython.display import display

from plan_monitor.data.package import Package
from plan_monitor.report import codes, explore
from reportkit.language import tr, word

_PARAMETER = re.compile(r"^(?P<name>\w+)(?P<type>: \w+)? = .*?(?P<comment>  # .*)?$")


def panel(package: Package, parameters: Mapping[str, Any]) -> None:
    """Show the panel in JupyterLab, and nothing elsewhere.

    `parameters` are those of the notebook: as_of, years, and what to begin with: indicator, region and beside
    (codes separated by commas).
    """
    notebook = Path(os.environ.get("JPY_SESSION_NAME", ""))  # the notebook of this kernel in JupyterLab
    if notebook.suffix != ".ipynb":
        return
    import ipywidgets  # slow, and a report needs none

    tables = package.observations, package.targets
    used = set().union(*(table["indicator"] for table in tables))
    indicators = package.indicators[package.indicators["id"].isin(used)].set_index("id")
    name, place = codes.names(package.indicators), codes.names(package.regions)
    options = {"layout": {"width": "36rem"}, "style": {"description_width": "6rem"}}
    domains = [(word(codes.DOMAIN, code), code) for code in codes.DOMAIN if code in set(indicators["domain"])]
    domain = ipywidgets.Dropdown(options=domains, description=tr("领域", "Domain"), **options)
    indicator = ipywidgets.Dropdown(description=tr("指标", "Indicator"), **options)
    region = ipywidgets.Dropdown(description=tr("地区", "Region"), **options)
    beside = ipywidgets.SelectMultiple(description=tr("并列", "Beside it"), rows=5, **options)
    keep = ipywidgets.Button(description=tr("留存", "Keep"), icon="save")
    message, shown = ipywidgets.Label(), ipywidgets.Output()

    def offer_indicators(*_) -> None:
        of_domain = indicators.index[indicators["domain"].eq(domain.value)]
        indicator.options = [(name[code], code) for code in of_domain]

    def offer_regions(selected: str | None, beside_it: Iterable[str]) -> None:
        regions = [table.loc[table["indicator"].eq(indicator.value), "region"] for table in tables]
        regions = list(pd.concat(regions).unique())
        for control in (region, beside):  # drawn once, when both are chosen
            control.unobserve(draw, "value")
            control.options = [(place[code], code) for code in regions]
        region.value = selected if selected in regions else next(iter(regions), None)
        beside.value = [code for code in beside_it if code in regions]
        for control in (region, beside):
            control.observe(draw, "value")
        draw()

    def draw(*_) -> None:
        shown.clear_output(wait=True)
        if indicator.value and region.value:
            with shown:
                arguments = (
                    indicator.value,
                    [region.value, *beside.value],
                    parameters["as_of"],
                    parameters["years"],
                )
                explore.everything(explore.view(package, *arguments), package)

    def keep_choice(*_) -> None:
        values = {"domain": domain.value, "indicator": indicator.value, "region": region.value}
        others = ", ".join(code for code in beside.value if code != region.value)
        copy = write(notebook, f"{notebook.stem}-{indicator.value}", values | {"beside": others})
        message.value = tr(f"已写入 {copy.name}", f"written to {copy.name}")

    first_indicator = parameters["indicator"]
    if first_indicator in indicators.index:
        domain.value = indicators.at[first_indicator, "domain"]
    offer_indicators()
    if first_indicator in indicators.index:
        indicator.value = first_indicator
    for control in (region, beside):
        control.observe(draw, "value")
    offer_regions(parameters["region"], explore.listed(parameters["beside"]))
    domain.observe(offer_indicators, "value")
    indicator.observe(lambda _: offer_regions(region.value, beside.value), "value")
    keep.on_click(keep_choice)
    display(ipywidgets.VBox([domain, indicator, region, beside, ipywidgets.HBox([keep, message]), shown]))


def write(notebook: Path, name: str, values: Mapping[str, Any]) -> Path:
    """Write a copy of a notebook beside it, without results, whose parameters cell holds other values.

    `name` is the copy's, without ending; parameters that the cell does not have are left out.
    """
    copy = nbformat.read(notebook, as_version=4)
    for cell in copy.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
        if "parameters" in cell.metadata.get("tags", []):
            cell.source = "\n".join(_set(line, values) for line in cell.source.splitlines())
    path = notebook.with_name(f"{name}.ipynb")
    nbformat.write(copy, path)
    return path


def _set(line: str, values: Mapping[str, Any]) -> str:
    """A line of a parameters cell, with another value if there is one."""
    match = _PARAMETER.fullmatch(line)
    if not match or match["name"] not in values:
        return line
    value = str(values[match["name"]]).replace("\\", "\\\\").replace('"', r"\"")
    return f'{match["name"]}{match["type"] or ""} = "{value}"{match["comment"] or ""}'
