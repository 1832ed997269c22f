"""A made-up county for trying out and testing the balanced-education evaluator. Nothing in it is real.

``python data/samples/generate_schools.py`` writes ``schools_synthetic.csv`` beside itself, always the
same. The county is plausible, not typical: crowded schools in town that are short of space, small ones in
the mountains that have space but few specialised teachers, five schools that span several levels.
"""

import csv
import random
from pathlib import Path

SEED = 20230217
REGION, PERIOD, DOCUMENT = "990001", "2024", "synthetic-county"
COLUMNS = (
    *("region", "period", "code", "name_zh", "name_en", "type", "level", "students", "classes"),
    *("largest_class", "teachers_above_degree", "backbone_teachers", "pe_arts_teachers", "teaching_area"),
    *("sports_area", "equipment_value", "multimedia_rooms", "music_rooms", "smallest_music_room"),
    *("art_rooms", "smallest_art_room", "document"),
)
CLASS_SIZE = {"primary": 42, "junior": 46, "senior": 50}
# a typical school's figures a pupil (teachers and rooms: a hundred pupils), in town and in the mountains
TEACHERS = {
    "teachers_above_degree": {"primary": (5.2, 4.4), "junior": (6.1, 5.6), "senior": (7.5, 7.0)},
    "backbone_teachers": {"primary": (3.3, 0.7), "junior": (3.0, 0.8), "senior": (2.2, 1.5)},
    "pe_arts_teachers": {"primary": (1.0, 0.85), "junior": (1.05, 0.9), "senior": (0.9, 0.8)},
}
SPACES = {
    "teaching_area": {"primary": (4.3, 6.0), "junior": (5.6, 7.4), "senior": (7.0, 8.0)},
    "sports_area": {"primary": (5.0, 21.0), "junior": (8.6, 15.0), "senior": (9.0, 12.0)},
    "equipment_value": {"primary": (2350, 2150), "junior": (2900, 2650), "senior": (3600, 3200)},
    "multimedia_rooms": {"primary": (2.45, 2.8), "junior": (2.4, 2.6), "senior": (2.3, 2.4)},
}
TYPICAL_SIZE = 300  # pupils; a smaller mountain school has more space for each
SCHOOLS = """\
name_zh,name_en,type,where,primary,junior,senior
城区第一小学,Town Primary School 1,primary,town,2060,,
城区第二小学,Town Primary School 2,primary,town,1510,,
城区第三小学,Town Primary School 3,primary,town,1180,,
城区第四小学,Town Primary School 4,primary,town,860,,
青山乡中心小学,Qingshan Central Primary School,primary,mountain,640,,
白水乡中心小学,Baishui Central Primary School,primary,mountain,520,,
红土乡中心小学,Hongtu Central Primary School,primary,mountain,470,,
石桥乡中心小学,Shiqiao Central Primary School,primary,mountain,410,,
松坪乡中心小学,Songping Central Primary School,primary,mountain,380,,
龙潭乡中心小学,Longtan Central Primary School,primary,mountain,350,,
云岭乡中心小学,Yunling Central Primary School,primary,mountain,310,,
花树乡中心小学,Huashu Central Primary School,primary,mountain,260,,
大村完小,Dacun Village Primary School,primary,mountain,240,,
河边完小,Hebian Village Primary School,primary,mountain,205,,
岔河完小,Chahe Village Primary School,primary,mountain,180,,
老街完小,Laojie Village Primary School,primary,mountain,160,,
麦地完小,Maidi Village Primary School,primary,mountain,130,,
竹园完小,Zhuyuan Village Primary School,primary,mountain,115,,
上坝完小,Shangba Village Primary School,primary,mountain,95,,
箐口完小,Qingkou Village Primary School,primary,mountain,80,,
山后教学点,Shanhou Teaching Point,teaching-point,mountain,38,,
干海教学点,Ganhai Teaching Point,teaching-point,mountain,26,,
梨园教学点,Liyuan Teaching Point,teaching-point,mountain,19,,
冷水教学点,Lengshui Teaching Point,teaching-point,mountain,12,,
城区第一中学,Town Junior School 1,junior,town,,1820,
城区第二中学,Town Junior School 2,junior,town,,1460,
城区第三中学,Town Junior School 3,junior,town,,1050,
青山乡初级中学,Qingshan Junior School,junior,mountain,,780,
白水乡初级中学,Baishui Junior School,junior,mountain,,640,
红土乡初级中学,Hongtu Junior School,junior,mountain,,560,
石桥乡初级中学,Shiqiao Junior School,junior,mountain,,430,
松坪乡初级中学,Songping Junior School,junior,mountain,,390,
龙潭乡初级中学,Longtan Junior School,junior,mountain,,320,
云岭九年一贯制学校,Yunling Nine-Year School,nine-year,mountain,290,240,
花树九年一贯制学校,Huashu Nine-Year School,nine-year,mountain,210,170,
新区九年一贯制学校,New District Nine-Year School,nine-year,town,980,720,
县民族中学,County Nationalities School,complete,town,,690,1150
县实验学校,County Experimental School,twelve-year,town,760,540,620
"""


def level_row(chance: random.Random, level: str, pupils: int, town: bool, small: bool) -> dict:
    """Pupils, classes and teachers of one level of a school."""
    classes = max(1, round(pupils / (CLASS_SIZE[level] if town else 0.8 * CLASS_SIZE[level])))
    if small:
        classes = min(6, max(1, pupils // 12))
    row = {"level": level, "students": pupils, "classes": classes}
    row["largest_class"] = -(-pupils // classes) + chance.randint(0, 3)
    for column, typical in TEACHERS.items():
        row[column] = max(0, round(pupils / 100 * typical[level][not town] * chance.gauss(1, 0.16)))
    return row


def spaces(chance: random.Random, pupils: dict[str, int], town: bool) -> dict:
    """Space, equipment and rooms of some levels of a school taken together."""
    row, roomy = {}, 1 if town else (TYPICAL_SIZE / sum(pupils.values())) ** 0.35
    for column, typical in SPACES.items():
        total = sum(number * typical[level][not town] for level, number in pupils.items())
        total *= chance.gauss(1, 0.14)
        if column == "equipment_value":
            row[column] = int(round(total, -2))
        elif column == "multimedia_rooms":
            row[column] = max(1, round(total / 100))
        else:
            row[column] = round(total * roomy)
    return row


def special_rooms(chance: random.Random, classes: int, town: bool) -> dict:
    """Music and art rooms, and the smallest of each."""
    row = {}
    for kind, area in (("music", 96), ("art", 90)):
        rooms = max(0, round(classes / 12 + chance.choice((-0.4, 0.2, 0.5))))
        row[f"{kind}_rooms"] = rooms
        row[f"smallest_{kind}_room"] = area + chance.choice((-24, 0, 0, 4, 12)) if rooms else ""
    return row


def rows() -> list[dict]:
    """All rows: one a school, or one a level and one for the whole school where it spans several."""
    chance = random.Random(SEED)
    made = []
    for number, school in enumerate(csv.DictReader(SCHOOLS.splitlines()), start=1):
        identity = {"region": REGION, "period": PERIOD, "document": DOCUMENT, "code": f"{REGION}{number:04d}"}
        identity |= {column: school[column] for column in ("name_zh", "name_en", "type")}
        pupils = {level: int(school[level]) for level in CLASS_SIZE if school[level]}
        town, small = school["where"] == "town", school["type"] == "teaching-point"
        levels = [level_row(chance, level, count, town, small) for level, count in pupils.items()]
        shared = spaces(chance, pupils, town)
        shared |= special_rooms(chance, sum(row["classes"] for row in levels), town)
        if len(levels) == 1:
            made.append(identity | levels[0] | shared)
        else:
            made += [identity | row for row in levels] + [identity | {"level": "whole"} | shared]
    return made


def main() -> None:
    """Write the file."""
    path = Path(__file__).with_name("schools_synthetic.csv")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n", restval="")
        writer.writeheader()
        writer.writerows(rows())


if __name__ == "__main__":
    main()
