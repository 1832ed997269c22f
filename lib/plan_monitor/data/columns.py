"""The columns that the library reads of each table: a descriptor leaves out none of them.

Columns that came later (``tables.Traits.added``) are not among them: a package of before may lack these.
"""

READ = {
    "documents": "id type title_zh title_en number issuer issued period domain note_zh note_en",
    "regions": "code name_zh name_en level parent",
    "indicators": "id domain name_zh name_en unit direction lower upper definition_zh definition_en",
    "targets": (
        "id document indicator region period comparator value unit kind attribute base_period "
        "reading as_printed restates locator note_zh note_en"
    ),
    "observations": (
        "id document indicator region period comparator value unit quality reading as_printed "
        "locator note_zh note_en"
    ),
    "milestones": (
        "id document programme_zh programme_en region period timing label_zh label_en locator note_zh note_en"
    ),
    "standards": (
        "id document group item level indicator region period comparator threshold unit reading "
        "locator note_zh note_en"
    ),
    "projects": "id document region period label_zh label_en count investment locator note_zh note_en",
    "fund": (
        "id document scheme region period basis enrollees workers retirees unit income expenditure "
        "period_balance balance one_off new_scope quality locator note_zh note_en"
    ),
    "fund_bands": (
        "id scheme ratio comparator upper severity label_zh label_en document locator note_zh note_en"
    ),
    "fund_scenarios": (
        "id name_zh name_en income_growth expenditure_growth saving retiree_share retiree_cost "
        "document locator note_zh note_en"
    ),
    "milestone_status": "milestone period state document locator note_zh note_en",
    "schools": (
        "region period code name_zh name_en type level students classes largest_class "
        "teachers_above_degree backbone_teachers pe_arts_teachers teaching_area sports_area "
        "equipment_value multimedia_rooms music_rooms smallest_music_room art_rooms "
        "smallest_art_room document"
    ),
    "answers": "region period standard value answer document locator note_zh note_en",
    "unit_costs": "id indicator unit_cost unit document locator note_zh note_en",
    "level_weights": "id type level weight document locator note_zh note_en",
    "households": (
        "region period code township status members workers ill_members wage business property "
        "transfer medical education disaster school insured housing water monitored document"
    ),
    "monitoring_lines": "id region period line loss document locator note_zh note_en",
    "checks": (
        "id kind subject_zh subject_en expression relation stated decimals review gap reason_zh "
        "reason_en reading same_as"
    ),
}
"""Names with blanks between, by table."""
