"""Who issued a document, by name."""

from plan_monitor.data.package import Package
from reportkit.language import of_data, tr

_OFFICES = {
    "人民政府": "the People's Government of {}",
    "人民政府办公室": "the Office of the People's Government of {}",
}


def issuer(document: str, package: Package) -> str:
    """Who issued a document, of several together the last.

    In Chinese the name as the document has it; in another language that of a government by its region, of
    others the Chinese name. Where the document names nobody, the words for it.
    """
    told = package.documents.set_index("id")["issuer"].get(document)
    if not isinstance(told, str) or not told.split():
        return tr("规划的发文机关", "the issuer of the plan")
    name = told.split()[-1]
    if of_data() == "zh":
        return name
    for office, text in _OFFICES.items():
        place = name.removesuffix(office)
        known = package.regions[[place.endswith(region) for region in package.regions["name_zh"]]]
        if place != name and len(known):
            return text.format(known.iloc[0]["name_en"])
    return f"the issuer ({name})"
