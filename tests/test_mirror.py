"""Tests lie as the library does: a folder for each room, and a file for each module where modules stand alone."""

from pathlib import Path

ROOT = Path(__file__).parents[1]
TESTS = ROOT / "tests"
# a room whose tests lie with those of the room above it, which are told by the name: test_take_…, test_fund_report
WITHIN = {
    *("balance/report", "fund/report", "relapse/report", "intake/take", "reading/checking"),
    *("reading/source/pdf", "reading/source/word"),  # one file each
}
OTHERS = {"docs", "libraries", "mutants", "platforms"}  # of no room of the library
BY_NAME = ("formats", "methods")  # rooms in which a module is understood, and tested, by itself
ELSEWHERE = {
    "formats/all": "formats/test_formats",
    "formats/jinja": "formats/test_page",
    "formats/tables": "formats/test_paper_tables",
}


def modules():
    """Each module of both packages, as its room and its name; what lies in no room has the room of its package."""
    for package, outside in (("plan_monitor", "."), ("reportkit", "reportkit")):
        for path in (ROOT / "lib" / package).rglob("*.py"):
            room = path.parent.relative_to(ROOT / "lib" / package).as_posix()
            if not path.stem.startswith("__"):
                yield outside if room == "." else room, path.stem


def test_each_room_has_a_folder_of_tests():
    rooms = {room for room, _ in modules()}
    tested = {path.parent.relative_to(TESTS).as_posix() for path in TESTS.rglob("test_*.py")} - OTHERS
    assert rooms - WITHIN == tested


def test_each_module_of_rooms_whose_modules_stand_alone_has_a_file_called_like_it():
    named = {f"{room}/{name}" for room, name in modules() if room in BY_NAME}
    missing = {name for name in named if not [*TESTS.glob(f"{Path(name).parent}/test_{Path(name).name}*.py")]}
    assert missing == ELSEWHERE.keys()
    assert all((TESTS / f"{place}.py").exists() for place in ELSEWHERE.values())
