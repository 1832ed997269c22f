"""The tables of the small data package that tests may damage; conftest writes it."""

TABLES = {
    "documents": """id,type,title_zh,title_en,number,issuer,issued,period,domain,url,note_zh,note_en
plan-1,plan,某县教育规划,Education plan of a county,,,2021-05-12,2021/2025,education,,,
bulletin-1,statistics,某县统计公报,Statistical bulletin of a county,,,2024-03,,education,https://example.org/b,,
""",
    "regions": """code,name_zh,name_en,level,parent
530000,某省,A province,province,
532399,某县,A county,county,530000
""",
    "indicators": """id,domain,name_zh,name_en,unit,unit_en,direction,lower,upper,nature,alike,definition_zh,definition_en
preschool-rate,education,学前毛入园率,Preschool enrolment,%,,up,0,,stock,,,
retention-rate,education,巩固率,Retention rate,%,,up,0,100,stock,,,
rural-income,rural-revitalization,农民收入,Farm income,元,,up,0,,flow,,,
""",
    "targets": """id,document,indicator,region,period,comparator,value,unit,kind,attribute,base_period,reading,as_printed,restates,locator,note_zh,note_en
t-1,plan-1,preschool-rate,532399,2025,>=,95,%,level,expected,2020,printed,,,第二章,,
t-2,plan-1,retention-rate,532399,2025,=,98,%,floor,binding,2020,printed,,,第二章,,
t-3,plan-1,rural-income,532399,2025,=,26581,元,level,,2020,printed,,,第三章,,
""",
    "observations": """id,document,indicator,region,period,comparator,value,unit,quality,reading,as_printed,locator,note_zh,note_en
o-1,plan-1,preschool-rate,532399,2020,=,91,%,A,printed,,第一章,,
o-2,bulletin-1,preschool-rate,532399,2023,=,93,%,A,printed,,表1,,
o-3,plan-1,retention-rate,532399,2020,=,98.88,%,A,printed,,第一章,,
o-4,plan-1,rural-income,532399,2020,=,12861,元,A,printed,,第三章,,
""",
}
