"""What figures, dates, names and places look like in Chinese text. Pure functions on folded text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from corpus.labels import number_of
from index.tokens import word_spans
from qa.dates import rules_year, years_ruled

_NUM = r"(?:\d[\d,]*(?:\.\d+)?|[一二两三四五六七八九十百千]+)"
_SCALE = r"(?:多|余|几)?(?:万亿|千万|百万|十万|[万亿千百])?(?:多|余)?"
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
#: A number in Chinese characters with a word behind it, of any unit: 三百坎德拉, or 五勒克斯 as a bound; 百姓, 十分 and 第二十条 are none.
_HAN_NUMBER = "[一二两三四五六七八九十]"
_HAN_FIGURE = (
    rf"(?:(?<![第“零点百千万])(?<!{_HAN_NUMBER})(?:[一二两三四五六七八九](?:百|千|十(?=[一二三四五六七八九]))[一二三四五六七八九十百零]*|[二三四五六七八九]十)"
    rf"|(?<=[低高少大小多长短]于){_HAN_NUMBER}+|(?<=超过){_HAN_NUMBER}+|(?<=至少){_HAN_NUMBER}+|(?<=最[多少高低]){_HAN_NUMBER}+)"
    r"(?:点[一二三四五六七八九零]+)?(?=[\u4e00-\u9fff])(?![条款项章届大佳多余几一二三四五六七八九十])"
)
FIGURE = re.compile(
    rf"{_NUM}\s*{_SCALE}\s*(?:%|％|‰|个百分点|百分点|倍|成(?!为|立|本|果|效|长|功|熟|员|就|交|品)"
    r"|美元|人民币|元|人次|人|户|家|个|项|条|种|类|款|件|份|张|支|只|座|所|套|台|辆|架|艘|次|"
    r"篇|部|门|字|页|册|吨|公斤|千克|克|公里|千米|米|厘米|毫米|平方米|平方公里|立方米|亩|公顷|千瓦时|千瓦|度|兆|"
    r"GB|EB|ZB|TB|G|M|Mbps|Gbps|秒|分钟|小时|天|周|季度|学时|课时|届|岁|名|位|批|亿|万|方面|大)"
    r"|\d[\d,]*(?:\.\d+)?\s*(?:亿|万亿|万)|百分之[零一二三四五六七八九十百点]+|[二三四五六七八九十]分之[一二三四五六七八九]|(?:过|近|约)?半数?|超过?一半"
    # Of any unit; 2026年, 12条 and 5号 tell no figure.
    rf"|(?<![第\d.〔\[]){NUMBER.pattern}(?=[\u4e00-\u9fff])(?![年月日号条款项章节届版期时点、和至到及或])|{_HAN_FIGURE}"
)
DATE = re.compile(
    r"(?:19|20)\d\d\s*年(?:\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?)?|\d{1,2}\s*月\s*\d{1,2}\s*日"
    r"|[二一][〇○零一二三四五六七八九]{3}年|(?:19|20)\d\d[-./]\d{1,2}(?:[-./]\d{1,2})?"
    r"|\d+\s*(?:个)?(?:工作日|日|天|个月|月|年|周|小时)|[一二两三四五六七八九十]+(?:个)?(?:工作日|日|天|个月|年|周|小时)"
    r"|印发之日|发布之日|公布之日|本年度|“?十[一二三四]五”?"
)
#: What tells a time, a date or not: from what on (自验收之日起, 次月), with what (同步), before or after what (完成前).
TIME = re.compile(
    rf"{DATE.pattern}|之[日时]起?|[自从][^,，。;；]{{2,20}}起|[当次同翌][日天月年]|第[二三四]个?(?:月|年|天|日)|[立即]刻|立即|马上|当场|同步|随时"
    r"|[年月季]度?[初末底]|[上中下]旬|[春秋暑寒][季假]|学期[初末]|以[^,，。;；]{2,20}(?:日|时间|日期)为准"
    r"|[^,，。;；]{2}(?:完成|结束|[届期]满|合格|批准|通过|确认|施行|生效|审定|终了)[之以]?[前后]"
)
_HOUR = r"(?:\d{1,2}|[零一二两三四五六七八九十]{1,3})[时点]"
#: A time of the day (九点半, 十二时三十分, 六点至八点, 每日六时); 三点建议 and 共三点 are none.
CLOCK = rf"\d{{1,2}}[:：]\d\d|{_HOUR}(?:[\d一二三四五六七八九十]{{1,3}}分|[半整钟]|(?=[至到前后起]))|(?<=[至到午晚早晨日]){_HOUR}(?![间数])"
#: What rules do from a day on, as documents and people say it.
IN_FORCE = r"(?:施行|实施|实行|生效|执行|开始用|启用|起用|起作用|算数|作数|管用)"
#: What follows four digits that count something and are no year: 2000万元, 1998人.
NO_YEAR = r"(?![\d万亿千百余多]|\s*(?:平方|公里|公顷|元(?![旦宵])|人(?![口大才均])|家(?![电庭具])|个(?![人税体])|[户吨亩米所台辆株棵]))"
YEAR = re.compile(rf"(?<!\d)((?:19|20)\d\d){NO_YEAR}")
ORGAN = re.compile(
    r"[\u4e00-\u9fff]{2,20}?(?:部|委员会|委|总局|局|署|办公厅|办公室|办|银行|法院|检察院|人民政府|政府"
    r"|协会|联合会|学会|基金会|研究院|大学|学院|公司|集团|中心|医院|机构|部门|组织|企业)"
)
PERSON = re.compile(
    r"(?:教授|院士|主席|总理|部长|副部长|主任|副主任|局长|副局长|省长|市长|书记|秘书长|董事长|首席执行官|总经理"
    r"|博士|先生|女士|同志|组长|副组长|成员|召集人|任命|免去"
    r"|[校院园厂馆站所处科厅社行县区镇乡队班会]长(?![期远途大度])|总监|经理|辅导员)"
)
SURNAME = (
    "[王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段"
    "雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘"
    "景薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫来嵺苟全褚廉简娄盖符奚木穆党燕郎邸冀谈姬屠连郜晏栾郁商蒙计喻揭窦迟宇敖糜鄢冷卓花仇艾蓝都巩稽井练仲乐虞卞封竺冼原官衣楚佟栗匡宗应台巫鞠僧桑荆谌银扬明沙薄伏岑习胥保和蔺]"
)
TITLE = (
    r"(?:主席|总理|副总理|国务委员|部长|副部长|主任|副主任|局长|副局长|署长|厅长|副厅长|司长|省长|副省长|市长|副市长|县长"
    r"|书记|秘书长|董事长|首席执行官|总裁|总经理|院长|校长|教授|院士|博士|研究员|代表(?!性|团|大会)|委员(?!会)"
    r"|编辑|主编|校对|装帧设计|封面设计|摄影|记者|召集人|副召集人|组长|副组长|队长|会长|理事长|先生|女士|同志|作家|学者|专家)"
)
#: A person's name beside a title, or doing what persons do.
NAMED_PERSON = re.compile(
    rf"{TITLE}[:：]?\s*{SURNAME}[\u4e00-\u9fff]{{1,2}}(?![\u4e00-\u9fff]{{0,3}}(?:会|部|委|局))"
    rf"|(?:联系人|姓名|名叫|名字叫)[:：]?\s*(?:[\u4e00-\u9fff]{{2,8}}[司处科室])?{SURNAME}[\u4e00-\u9fff]{{1,2}}"
    rf"|(?:岁|名|位)的?[\u4e00-\u9fff]{{1,6}}{SURNAME}[\u4e00-\u9fff]{{1,2}}(?=[和、，。,;；]|$)"
    rf"|(?<![\u4e00-\u9fff]){SURNAME}[\u4e00-\u9fff]{{1,2}}\s*[(（]?[^。，,；;、]{{0,12}}{TITLE}|{SURNAME}(?:(?![会议部委局院厅司办长])[\u4e00-\u9fff]){{1,2}}{TITLE}"
    rf"|(?<=[月日年]){SURNAME}[\u4e00-\u9fff]{{1,2}}(?=[在于提说的])"
    rf"|(?<![\u4e00-\u9fff]){SURNAME}[\u4e00-\u9fff]{{1,2}}(?:首次|首先|提出|提交|指出|表示|认为|强调)"
)
#: Questions for a person's name.
#: 哪位领导 may be told by the office.
WHICH_PERSON = r"哪位(?!置|[\u4e00-\u9fff]{0,3}(?:领导|干部|负责人))"
ASKS_NAME = re.compile(
    rf"(?<![各都别])叫什么名字|姓名|姓甚|(?:谁|人|作者|专家|教授|[组部局院校会]长|主任|编辑)[^,。?]{0, 4}叫什么|{WHICH_PERSON}"
)
#: Questions for a person, whom a text may name by name, by post or by the organ that acts.
_ASKS_PERSON = re.compile(
    r"(?<!都)是谁(?!的|负责|牵头|管)|谁(?:来)?(?:任|当|担任|兼任)"
    r"|(?:主任|组长|召集人|部长|局长|负责人|会长|主席|书记|领导|作者)(?:是|由|叫)(?:谁|哪|什么)"
)
LATIN = re.compile(r"[a-z][a-z0-9.+-]+|(?<![a-z])[a-z](?=类|级|型|座|栋|款)", re.IGNORECASE)
#: Names of countries, provinces and the like: what is said of one is not said of another.
PLACES = re.compile(
    r"美国|英国|德国|法国|日本|韩国|印度|俄罗斯|欧盟|加拿大|澳大利亚|新加坡|以色列|意大利|巴西|台湾|香港|澳门|北京|天津|上海|重庆"
    r"|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海"
    r"|内蒙古|广西|西藏|宁夏|新疆"
    # Cities of a province that are no other word.
    r"|石家庄|唐山|秦皇岛|邯郸|邢台|保定|张家口|承德|沧州|廊坊|衡水|太原|晋城|晋中|运城|忻州|临汾|吕梁|呼和浩特|包头|鄂尔多斯|呼伦贝尔|沈阳|大连|鞍山"
    r"|抚顺|丹东|锦州|营口|阜新|辽阳|盘锦|铁岭|葫芦岛|长春|四平|通化|白山|松原|白城|哈尔滨|齐齐哈尔|鸡西|鹤岗|双鸭山|大庆|佳木斯|七台河|牡丹江|黑河|绥化"
    r"|南京|无锡|徐州|常州|苏州|南通|连云港|淮安|盐城|扬州|镇江|泰州|宿迁|杭州|宁波|温州|嘉兴|湖州|绍兴|金华|衢州|舟山|台州|丽水|合肥|芜湖|蚌埠|淮南|马鞍山"
    r"|淮北|铜陵|安庆|黄山市|滁州|阜阳|宿州|六安|亳州|池州|福州|厦门|莆田|泉州|漳州|南平|龙岩|宁德|南昌|景德镇|萍乡|九江|新余|鹰潭|赣州|宜春|上饶|济南|青岛"
    r"|淄博|枣庄|烟台|潍坊|济宁|泰安|威海|日照市|临沂|德州|聊城|滨州|菏泽|郑州|开封|洛阳|平顶山|安阳|鹤壁|新乡|焦作|濮阳|许昌|漯河|三门峡|南阳|商丘|信阳|周口"
    r"|驻马店|武汉|黄石|十堰|宜昌|襄阳|鄂州|荆门|荆州|黄冈|咸宁|恩施|长沙|株洲|湘潭|衡阳|邵阳|岳阳|常德|张家界|益阳|郴州|永州|怀化|娄底|广州|韶关|深圳|珠海"
    r"|汕头|佛山|江门|湛江|茂名|肇庆|惠州|梅州|汕尾|河源市|阳江|清远|东莞|潮州|揭阳|南宁|柳州|桂林|梧州|北海市|防城港|钦州|贵港|百色|河池|海口|三亚|儋州|成都"
    r"|自贡|攀枝花|泸州|德阳|绵阳|广元|遂宁|内江|乐山|南充|眉山|宜宾|广安|达州|雅安|巴中|资阳|贵阳|六盘水|遵义|毕节|铜仁|昆明|曲靖|玉溪|保山|昭通|丽江|普洱|临沧"
    r"|大理|拉萨|日喀则|西安|铜川|宝鸡|咸阳|渭南|延安|汉中|榆林|安康市|商洛|兰州|嘉峪关|金昌|天水|武威|张掖|酒泉|庆阳|定西|陇南|西宁|银川|石嘴山|吴忠|固原|乌鲁木齐"
)
#: Questions for a reason, and what a text that gives one holds.
ASKS_WHY = re.compile(
    r"为什么|为何|为啥|凭什么|何以|(?:什么|啥|哪些?)(?:理由|原因|缘故)|(?:(?<![管办处受审代治理])理由|原因)(?:是|有)?(?:什么|啥|哪)"
)
REASON = re.compile(
    r"为了|因为|因(?!此|素|地制宜|子)|由于|[,，]主要是|以便|旨在|从而|原因|鉴于|为[^，。；]{2,40}[，,]|有利于|所以|使得|制约|存在"
)
DEFINES = re.compile(r"(?:是指|指的是|即|就是|是一[种个类]|定义为|称为|是|（以下简称)")

#: Contacts: words by which a question asks for them, and what a text that gives them holds.
_CONTACTS: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (
    (
        re.compile(
            r"(?:电话|热线|传真|邮编)(?:号码?)?(?:各?是|为)?(?:多少|几|什么|啥|哪)|(?:什么|哪个|哪些|几个|啥)(?:咨询|投诉|举报|服务|联系)?(?:电话|热线)"
            r"|联系方式|(?:咨询|投诉|举报|联系|监督)(?:电话|热线)(?!会)|打(?:哪个|什么|多少|啥)|电话号"
        ),
        re.compile(r"\d{5,}|\d{3,4}-\d"),
    ),
    (re.compile(r"邮箱|电子邮件|网址|网站是"), re.compile(r"@|www\.|http|[a-z]+\.(?:com|cn|org)")),
)
#: Classes of measure: words by which a question asks for one, and what its figures look like in a text.
_NUMERAL = r"[\d一二两三四五六七八九十百千万亿余多]"
_MEASURES: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (
    (  # money
        re.compile(
            r"(?:多少|几)(?:万亿|亿|万|千|百)?(?:美|欧)?元|多少钱|几块钱|(?:拿|给|领|得|补|奖|罚|出|要|花)(?:到)?(?:多少|几)[万亿](?=[?？，,呢啊]|$)|[补罚奖赔退缴交付领拨](?:助|贴|偿)?(?:了|给)?(?:多少|几[万千百])(?![个家名项天年])"
            r"|(?:奖金|补贴|津贴|租金|押金|保证金|学费|损失|赔偿|生产总值|gdp|销售额|销售收入|税收|贸易额|报酬|奖励)[^,。?]{0,6}(?:多少|几)"
            r"|(?:多少|几)[^,。?]{0,2}(?:奖金|补贴|津贴|租金|押金|损失|赔偿|报酬)|金额|资金|投资|经费|花(?:了|费)?多少|费用|(?<![房评])价(?:格|钱)?(?!比)"
            r"|成本|收入(?!比)|营收|产值|交易额|零售额|估值|值多少|补助(?!对象|范围)多少|补多少|补贴(?:是|为|标准)?多少"
            r"|收费|票价|租金|工资|罚多少|罚款|定价|预算|融资额|贷款额|募多少|卖了?多少钱|掏多少|资产"
        ),
        re.compile(
            rf"{_NUMERAL}\s*(?:万亿|亿|万|千|百)?(?:美|欧|日|港)?元|人民币|{_NUMERAL}角(?=$|[,，;；。的])"
            rf"|{_NUMERAL}(?:万亿|亿|万)(?!人|户|家|件|辆|份|次|个|项|条|台|吨|平方|亩|千瓦|名)"
        ),
    ),
    (  # shares and rates
        re.compile(
            r"百分之几|百分比|占比|比例|比重|占(?:了)?多少|几成|增速|涨幅|降幅"
            r"|(?:涨|增长|增加|提高|下降|降|升)(?:了)?(?:多少|百分|几)|利率|率(?:是|为|达|要|有|到)?多"
        ),
        re.compile(rf"[%％‰]|百分|{_NUMERAL}\s*(?:成|倍)|\d[∶:：/]\d|分之"),
    ),
    (  # people
        re.compile(
            r"(?:多少|几)(?:万|亿|千|百)?(?:人|名|位|户)|人数|谁家人最多|多少(?:个)?(?:工人|职工|员工|人员|学生|教师|老师|医生|专家"
            r"|学者|用户|网民|农民|队员|成员|游客|群众|老人|儿童)"
        ),
        re.compile(
            rf"{_NUMERAL}\s*(?:人|名|位|户)|{_NUMERAL}(?:多|余)?[万亿](?!平方|元|美元|亩|吨|公里|千瓦|立方|件|辆|家|个|次|条|台)(?=[\u4e00-\u9fffa-z]{{2}})"
        ),
    ),
    (  # duration
        re.compile(
            r"多久|多长时间|(?:期|期限|时间)(?:有|是|为|最)?多长|几(?:天|年|个月|小时|分钟|个?工作日)|多少(?:天|年|个月|小时|分钟|个?工作日)"
        ),
        re.compile(
            rf"(?<!\d\d\d){_NUMERAL}\s*年|{_NUMERAL}\s*(?:个?月|日|天|小时|分钟|秒|个?工作日|学年|周)|半(?:个?[年月]|天|小时|学期)"
        ),
    ),
    (re.compile(r"多高"), re.compile(rf"[%％]|百分|{_NUMERAL}\s*(?:米|公里|千米|厘米|度|元|倍|成|层|分)")),
    (re.compile(r"面积|多少(?:平方|亩|公顷)"), re.compile(rf"{_NUMERAL}\s*(?:平方|亩|公顷)")),
    (
        re.compile(r"(?<!期)(?<!期限)(?<!时间)(?<!有效期)多长(?!时间)|多远|里程|多少(?:公里|米)"),
        re.compile(rf"{_NUMERAL}\s*(?:公里|千米|米)"),
    ),
    (re.compile(r"多少(?:万|亿)?吨|产量|多重"), re.compile(rf"{_NUMERAL}\s*(?:吨|公斤|克|担)")),
    *_CONTACTS,
    (re.compile(r"(?<![哪这那有])几点|什么钟点|哪一刻"), re.compile(rf"\d{{1,2}}[:：时点]|零[时点]|{CLOCK}")),
    (re.compile(r"(?:多少|几)分(?!钟|之|成|为|类|工|批|期|开|贝)"), re.compile(rf"{_NUMERAL}\s*分(?!钟|之|贝|别|类)")),
)
#: Figures that answer a question for a measure in place of its own: 补多少 by a share, 多久一次 by a rhythm.
_STAND_INS: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (
    (
        re.compile(r"[补退赔收缴交付领拿给抵转扣还降涨减罚奖价租费金资钱][^,，。?？]{0,6}(?:多少|几)"),
        re.compile(
            r"[%％‰]|分之|全[额部]|免费|不收费|\d\s*[倍元]|[一二三四五六七八九]成|[一二两三半\d]个?月的?(?:租金|房租|工资|生活费)"
            # An amount in words: 不得超过应纳税额, 按照工资的数额加付.
            r"|不(?:得)?(?:超过|[高低]于)[^,，。;；\d]{2,40}(?:额|标准|工资|价|收入|费用)|的数额|只支付|[相等][当额]"
        ),
    ),
    (re.compile(r"占(?:了)?多少"), re.compile(r"\d\s*[万亿]?[元人户家个]")),
    (re.compile(r"多长"), re.compile(rf"{_NUMERAL}\s*(?:个?月|日|天|小时|分钟|秒|年)")),
    (
        re.compile(r"几天|多少天|多久"),
        re.compile(rf"{_NUMERAL}\s*个?(?:工作日|自然日|日(?![期常前均]))|当[场日天]|立即"),
    ),
    (
        re.compile(r"多久|多长时间|几(?:天|年|个月)"),
        re.compile(r"每(?:个)?(?:半?年|季度?|月|周|天|日)|季度|长期|永久|学期"),
    ),
    (re.compile(r"(?:多少|几)(?:条|只|头|尾|棵|株|粒|匹|把|块)"), re.compile(r"\d\s*(?:余|多)?[条只头尾棵株粒匹把块]")),
)
#: What a question asks for beside figures, and what a text that tells it holds.
_ASPECTS: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (
    *_CONTACTS,
    (
        re.compile(r"(?:哪些|什么|啥|哪几(?:样|份|种))(?:申请|申报)?(?:材料|证件|手续)|准备(?:啥|什么)"),
        re.compile(
            r"材料|证明|复印件|证书|表格?|手续|文书|资料|证件|提交|递交|出具|携带|合同|协议|凭证|执照|申请书|原件"
        ),
    ),
    (
        re.compile(
            r"(?:去|到|在|上|向|找)哪(?:儿|里|个(?:部门|窗口|单位|地方))?(?:去)?(?:申请|申报|办|报名|领|交)|(?:怎么|如何|咋)(?:去)?(?:申请|申报|报名|办理)"
        ),
        re.compile(r"申请|申报|报名|提交|报送|办理|受理|提出"),
    ),
    (  # who has to see to something is whom it is told to
        re.compile(r"(?:去|到|在|上|向|找)(?:谁|哪(?:儿|里|个(?:部门|窗口|单位|地方))?)(?:去)?(?:投诉|举报)"),
        re.compile(r"投诉|举报|受理|热线|\d{5}|监督|主管|管理|查处|处理|负责"),
    ),
    (
        re.compile(r"学历|毕业(?:于|院校|学校)|哪(?:所|个)(?:大学|学校|高校)"),
        re.compile(r"大学|学院|学历|毕业|硕士|博士|本科"),
    ),
    (re.compile(r"籍贯|哪里人|出生|多大年纪|几岁"), re.compile(r"籍|出生|岁|人[，,]")),
    (
        re.compile(r"罚(?:款)?(?:多少|几|什么|啥)|怎么(?:罚|处罚|处分)|什么(?:处罚|处分|后果|责任)"),
        re.compile(r"罚|处分|责任|责令|吊销|取消|追究|通报|约谈|处理|暂停|警告|扣减|扣除|核减|禁赛|列入"),
    ),
    (
        re.compile(r"(?:被?判|坐)(?:刑|牢|监狱)?(?:几|多少|多久)|判刑|坐牢|刑期|拘留(?:几|多少|多久)"),
        re.compile(r"徒刑|刑事|拘役|拘留|判处|犯罪"),
    ),
)
#: What happened after a plan was made is told by texts that look back.
ASKS_OUTCOME = re.compile(
    r"(?:后来|最后|最终|到底|现在|结果|如今)[^,，。?？]{0,24}(?:了(?:没有?|吗|么)?|没有?|(?<!会)(?:怎么样|如何))[?？]?$"
    r"|(?:批|成|过|办|开|转正|达标|通过|落实|完成|成功|实现|兑现|赚钱?|到位)(?:了(?:没有?|吗)|没有?)[?？]?$|达没达|后来(?:呢|怎)"
)
OUTCOME = re.compile(
    r"已|了|后来|暂不|不予|未能?|尚未|成功|通过|完成|建成|实现|达到|获得|批准|同意|成立|开通|上线|正式|累计|截至|增长|下降"
)
#: Counters that stand for one another; any other (辆, 篇, 亩) must be the one asked for.
_LOOSE_COUNTERS = frozenset("家个项条种类款件份章节所批城镇村省国部座套次") | {"方面"}
#: A figure of any measure; 三大 or 一批 is none.
_QUANTITY = re.compile(
    r"\d|[一二两三四五六七八九十百千]+(?:万|亿|成|倍|余|多|元|年|天|日|周|月|小时|分钟|公里|米|亩|吨)|[百二三四五六七八九十]分之|半数|一半"
    r"|(?:[一二两三四五六七八九十]百?)+度"  # and not 百度
    r"|[二三四五六七八九十]+(?:个|项|条|种|家|次|名|位|人|户|份|件|张|座|所|台|辆|艘|只|头|匹|套|棵|株|支|枚|层|间|栋|岁)"
    rf"|{_HAN_FIGURE}|{CLOCK}"
)


def tells_figure(text: str) -> bool:
    """Whether a folded text tells a figure of any measure.

    >>> tells_figure("应当减收诊查费"), tells_figure("减收两成")
    (False, True)
    >>> tells_figure("由百度出资"), tells_figure("不超过一百度")
    (False, True)
    """
    return bool(_QUANTITY.search(text))


_OF_MEASURE = "月|小时|钟头|工作日|自然日|星期|季度|百分点"  #: what 个 counts and is no thing: 六个月
#: So many of something: 第十四条 is none.
_ANY_COUNT = re.compile(
    r"(?<![第\d一二三四五六七八九十百千])[\d一二三四五六七八九十百千.,]*[\d二两三四五六七八九十百千万亿余多]"
    rf"\s*(?:多|余)?(?:[{''.join(sorted(_LOOSE_COUNTERS - {'方面'}))}](?!{_OF_MEASURE})|方面)"
)
#: 哪个司, 哪一款: the answer names one of that noun. Nouns that names of organs and things do without are left out.
_ASKS_ONE = re.compile(
    r"哪(?:一)?(?:个|家|座|条|款|届|种|类|所|间|本|部|名|位)?(司|处|科|院|厅|省|市|县|大学|医院|平台|基金|板块|航班|路线|车站|法院|奖|地铁)"
    r"(?![\u4e00-\u9fff]{0,1}(?:长|面|理|置|域))"
)
#: A place by its name: 湖港市, not 各省市 or 全市.
_PLACE_NAME = re.compile(
    r"(?<![\u4e00-\u9fff])(?!(?:全|各|本|该|我|此|个|省|城|地|外|多)[省市县区])[\u4e00-\u9fff]{2,4}(?:省|市|自治区|特别行政区)|[^各全本该我\d个省城地外多等跨\W][\u4e00-\u9fff]{1,2}(?:省|市)(?![场政区民级县])|[在于至赴][\u4e00-\u9fff]{2,4}?(?=[与和举召开成启揭落、，,])"
)
_ASKS_PLACE = re.compile(r"哪(?:一)?(?:座|个|些|几个)?(城市|市(?!场)|省份?|县|国家?|镇|村|区)(?!域|别)")
_ORDINAL = re.compile(r"第几(条|章|节|款|届|次|批|卷|期|名|位|号|项)")
_COUNTERS = (
    "家|个|项|条|种|类|款|件|份|张|支|只|头|匹|棵|株|枚|座|所|套|台|辆|艘|次|篇|部|门|字|页|批|章|节|方面|届|学时|城|镇|村|省|国"
    "|单|笔|场|宗|起|例|班|趟|人次|架次|车次|公里|亩|平方米|吨|座次|间|栋|床|户"
)
_COUNTER = re.compile(rf"(?:多少|(?<![哪第])几)(?:个|大|小|万|亿|千|百)?({_COUNTERS})(?!钱|{_OF_MEASURE})")
#: So many of something, however it is counted, or a column of them: 学校数（所）.
_COUNTED = re.compile(
    rf"(?<![第\d一二三四五六七八九十百千]){_NUMERAL}+\s*(?:(?:{_COUNTERS})(?!{_OF_MEASURE})|[人名位艘])|\((?:{_COUNTERS}|[人名位])\)"
)
_CARRIES_DUTY = re.compile(r"牵头|负责|配合|责任单位|由.{2,20}(?:制定|实施|审批|承担|办理|审核)")


_Test = Callable[[str], float]  #: how well a folded sentence carries one kind of thing


def fits_kind(kinds: frozenset[str], question: str, sentence: str) -> float:
    """How well the sentence carries the kind of thing asked for: 1 fits, 0 no telling, -1 lacks it.

    The mean over the kinds that ask for a visible sort of thing (figure, date, organ or person, definition).
    """
    tests = _kind_tests(kinds, question)
    return sum([test(sentence) for test in tests]) / len(tests) if tests else 0.0


@lru_cache(maxsize=64)  # a question is compared with a hundred sentences
def _kind_tests(kinds: frozenset[str], question: str) -> tuple[_Test, ...]:
    tests: list[_Test] = []
    if "count" in kinds:
        tests.append(_figure_test(question))
    ordinal = _ORDINAL.search(question)
    if ordinal:
        tests.append(_either(rf"第[\d一二三四五六七八九十百]+{ordinal.group(1)}", -1.0))
    elif "when" in kinds:
        tests.append(_either(DATE, -1.0))
    if "duty" in kinds:
        tests.append(_either(_CARRIES_DUTY, -0.5))
    elif ASKS_NAME.search(question):
        tests.append(_either(NAMED_PERSON, -1.0))
    elif _ASKS_PERSON.search(question):
        tests.append(
            lambda text: (
                1.0 if NAMED_PERSON.search(text) else 0.5 if ORGAN.search(text) or PERSON.search(text) else -0.8
            )
        )
    elif "who" in kinds:
        tests.append(lambda text: 1.0 if ORGAN.search(text) or PERSON.search(text) else -0.5)
    place = _ASKS_PLACE.search(question)
    if place:
        ending = place.group(1)[-1]
        tests.append(_either(rf"[\u4e00-\u9fff]{{2}}{ending}|全{ending}", -0.6))
    one = _ASKS_ONE.search(question)
    if one and place is None:
        tests.append(_either(re.escape(one.group(1)), -0.8))
    if "define" in kinds:
        tests.append(_either(DEFINES, -0.3, 0.5))
    return tuple(tests)


def _either(pattern: str | re.Pattern[str], lacks: float, fits: float = 1.0) -> _Test:
    search = re.compile(pattern).search
    return lambda text: fits if search(text) else lacks


def lacks_figure(question: str, sentences: Sequence[str]) -> bool:
    """Whether a question asks for a figure of some measure and none of the sentences has one."""
    test = _figure_test(question)
    if any(test(sentence) > -1.0 for sentence in sentences):
        return False
    counter = _COUNTER.search(question)
    if (
        counter
        and counter.group(1) in _LOOSE_COUNTERS
        and any(_DIVIDED_INTO.search(sentence) for sentence in sentences)
    ):
        return False  # what is told by name can be counted
    others = [other for words, other in _STAND_INS if words.search(question)]
    return not any(other.search(sentence) for other in others for sentence in sentences)


#: What asks for a number, whatever it counts (几折, 多深), and what asks for something else.
_ASKS_NUMBER = re.compile(
    r"多少|(?<![哪第好这那前后上下十])几(?![乎何十百千万]|[点项条个大]?(?:方面|要求|规定|措施|建议|原则|任务|情形|条件))|多[深高长宽远重大久](?![型众])"
)
_ASKS_BESIDE = re.compile("谁|哪|什么|怎|如何|咋|为何|啥|还是|吗")
#: A number, an amount in words, or what stands for one: 两名, 全额, 按季度, 长期, 当场, 不予.
_SAYS_NUMBER = re.compile(
    r"\d|[二两三四五六七八九十百千]|(?<![统唯])(?<!进)一(?![定般样并致些步律切直旦方体面起]|次性)|半|全[部额年]|长期|永久|当场|随时|立即|即时"
    r"|每|按[月季年日周]|免|不收|零|数额|工资|收入|不[予再]"
)


def asks_number(question: str) -> bool:
    """Whether a folded question asks for a number and for nothing else.

    >>> asks_number("桥墩埋多深?"), asks_number("跑了好几趟,怎么办?"), asks_number("哪几家能办?")
    (True, False, False)
    """
    *_, last = [clause for clause in re.split("[,;。?!]", question) if clause] or [""]
    return bool(_ASKS_NUMBER.search(last)) and not _ASKS_BESIDE.search(question)


def says_no_number(text: str) -> bool:
    """Whether a folded text has no number at all, nor words that stand for one or name things that can be counted.

    >>> says_no_number("桥墩应当妥善埋设"), says_no_number("桥墩由两人看守"), says_no_number("分为桥墩、桥面和护栏")
    (True, False, False)
    """
    return not (_SAYS_NUMBER.search(text) or _DIVIDED_INTO.search(text))


def lacks_count(question: str, text: str) -> bool:
    """Whether a folded question asks how many of something there are, and a folded text counts nothing, whatever figures of
    other measures it has.

    >>> lacks_count("查了多少件电器", "超过900瓦"), lacks_count("查了多少件电器", "查了90台"), lacks_count("修了多少公里", "90%")
    (True, False, True)
    """
    asked = _COUNTER.search(question)
    named = (
        asked is not None and asked[1] != "次" and re.search(_SERIES, text)
    )  # nothing is named that is done so often
    return asked is not None and not _COUNTED.search(text) and not named


#: Several things by their names, which are so many: 分为甲、乙、丙.
_SERIES = "[^,，。;；、]{1,20}(?:、[^,，。;；、]{1,20})+"
_DIVIDED_INTO = re.compile(f"(?:分为?|分成|包括|包含){_SERIES}")
_HOW_MUCH = re.compile("多少|几|多[久长高远重]|百分")
#: What stands between the name of a measure and the words that ask for its figure: 比例大概是|多少.
_names = re.compile(
    "(?:最[高低多少大小]|大概|大约|分别|一共|总共|[各都共约是为有达到要在应该可能上下限额标准的]){0,8}"
).fullmatch


@lru_cache(maxsize=64)
def _figure_test(question: str) -> _Test:
    """1 when a sentence has a figure of the measure asked for, -1 when it has none of it."""
    counter = _COUNTER.search(question)
    found = [(m.span(), figure) for words, figure in _MEASURES for m in words.finditer(question)]
    # 日工资按多少天算: the measure that stands at the asking words, not one that the topic brings.
    asking = [m.start() for m in _HOW_MUCH.finditer(question)]
    named = [f for (start, end), f in found if any(start <= at < end or _names(question[end:at]) for at in asking)]
    asked = list(dict.fromkeys(named if asking else [figure for _, figure in found]))
    counted = re.compile(rf"{_NUMERAL}\s*{counter.group(1)}") if counter else None

    def test(sentence: str) -> float:
        if counted and counted.search(sentence):
            return 1.0
        if asked:
            return 2.0 * sum(bool(figure.search(sentence)) for figure in asked) / len(asked) - 1.0
        if counter and counter.group(1) not in _LOOSE_COUNTERS:
            return -1.0
        if counter:
            return 0.4 if _ANY_COUNT.search(sentence) else -1.0
        return 0.7 if _QUANTITY.search(sentence) else -1.0

    return test


_ASKS_OFFICE = re.compile(
    r"(?P<office>副?(?:主任|组长|召集人|秘书长|会长|理事长|指挥长|总指挥|[局厅部省市县区镇乡院校园馆所站]长(?![期远途大])|董事长|总经理))(?:一职)?(?:是|由|让|该|到底)*(?:谁|哪位|何人)"
)


def person_missing(question: str, texts: Sequence[str]) -> bool:
    """Whether a question asks for a person, and no folded text has one: by name where the name is asked for."""
    if ASKS_NAME.search(question):
        return not any(NAMED_PERSON.search(text) for text in texts)
    office = _ASKS_OFFICE.search(question)
    if office and not any(re.search(f"(?<!副){office['office']}", text) for text in texts):
        return True  # who is the head of an office is not told by what the office does
    asked = _ASKS_PERSON.search(question)
    return bool(asked) and not any(p.search(text) for p in (NAMED_PERSON, ORGAN, PERSON) for text in texts)


def aspect_missing(question: str, texts: Sequence[str]) -> bool:
    """Whether a question asks for contacts, materials, a penalty or the like, and none of the folded texts tells of it."""
    asked = [told for words, told in _ASPECTS if words.search(question)]
    return bool(asked) and not any(told.search(text) for told in asked for text in texts)


def place_missing(question: str, texts: Sequence[str]) -> bool:
    """Whether a question asks which province or city, and no folded text names one."""
    match = _ASKS_PLACE.search(question)
    if match is None or match.group(1) not in ("城市", "市", "省", "省份"):
        return False
    return not any(_PLACE_NAME.search(text) or PLACES.search(text) for text in texts)


#: A name that ends in a year (《某某2025》) speaks of what bears it, not of that year.
_NAMED_FOR = re.compile(r"(?<=[\u4e00-\u9fff])(?:19|20)\d\d(?=》)")


_YEARS_FROM_TO = re.compile(r"((?:19|20)\d\d)年?\s*[-—–~～至到]+\s*((?:19|20)\d\d)年")


_ASKED_MEASURE = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{2,40}?)(?:分别|各自?|一?共|总共|大?约|达到?|[是有为占了])*(?:多少|几(?![号乎]))"
)


def measures_asked(question: str) -> list[str]:
    """What a folded question asks the figures of: the words before each 多少."""
    return [found["name"] for found in _ASKED_MEASURE.finditer(question)]


def years_told(sentence: str) -> set[str]:
    """The years that a sentence names, and those between two where it gives the values of each (2018—2022年分别为) or rules
    for all days between (2018年9月至2022年8月入学的)."""
    held = set(YEAR.findall(sentence))
    if len(held) > 1:
        held.update(map(str, years_ruled(sentence)))
    if re.search("分别|依次|逐年", sentence):
        for first, last in _YEARS_FROM_TO.findall(sentence):
            held.update(map(str, range(int(first), int(last) + 1)))
    return held


def fits_years(years: tuple[str, ...], sentence: str, passage: str, header: str) -> float:
    """Whether the sentence speaks of the years asked for: 1 yes, .3 or -.3 its passage does, -1 neither.

    The year of the document, in its ``header``, stands for a sentence that names no year.
    """
    if not years:
        return 0.0
    held = years_told(_NAMED_FOR.sub("", sentence))
    if any(year in held or (held and rules_year(sentence, int(year))) for year in years):
        return 1.0
    if any(year in passage for year in years):
        return 0.3 if not held else -0.3
    return 0.3 if not held and any(year in header for year in years) else -1.0


def asked_one(question: str) -> str | None:
    """The noun of 哪个司, 哪个板块: what the answer must name one of; None when the question asks for none."""
    match = _ASKS_ONE.search(question)
    return match.group(1) if match else None


#: 一级, Ⅲ级 (iii级 when folded), A类, 二等: one class of several.
_CLASS_NAME = "[一二三四五六七八九十甲乙丙丁a-h]|iv|v|i{1,3}"
_CLASS = re.compile(
    rf"(?<![最高低哪这那每同各另省市县第万十百分有共前\d])(?<![分划]为)(?:(?<![上下])|(?!一))({_CLASS_NAME})(?=(?:[、和及与](?:{_CLASS_NAME})){{0,3}}(星?级|类|等|档|型))"
)
#: 1级能效, as 一级能效; a measured one (风力5级以上, 到3级) is no class.
_CLASS_BY_DIGIT = re.compile(
    r"(?<![\d.至到达力震~～—-])([1-9])(?=(a?)(?:[、和及与][1-9]\2){0,4}(星?级|类|等|档)(?![及以)(（]|别|差|于))"
)
#: How grave something is, or how large: a law gives each degree a consequence of its own.
_DEGREE = re.compile(
    r"(情节|数额|后果|损失)(?:[^,，。；;]{0,4}?)(特别严重|特别巨大|特别重大|特别恶劣|较重|较大|较轻|轻微|严重|巨大|重大|恶劣)"
)
#: The same of what happens, is done or is there: 特别重大事故, 重度、中度失能.
_GRADES = "特别重大|特大|重大|较大|极重度|(?<!极)重度|中度|轻度"
_GRADED = re.compile(rf"((?:{_GRADES})(?:[、和或及](?:{_GRADES}))*)(?=([\u4e00-\u9fff]{{2}}))")
_GRADE = re.compile(_GRADES)
_SAME_GRADE = {"特大": "特别重大"}
#: How large what is there is: 大中型水库, 小微企业.
_SIZED = re.compile(
    r"((?:[大中小微轻重]{1,4}型[、和及或])*[大中小微轻重]{1,4})型(?=([\u4e00-\u9fff]{2,10}))|([大中小微]{1,4})(?=(企业))"
)
#: Of which level of government something is: 国家级、省级示范园区, 国家湿地公园.
_LEVELLED = re.compile(
    r"((?:(?:国家|省|市|县|区|乡镇)级?[、和或及与])*(?:国家级?|[省市县区]级|乡镇级))的?"
    r"(?=(?!以[上下]|机关|规定|有关|工作|人民|主管|部门)([\u4e00-\u9fff]{2}))"
)
_LEVEL = re.compile("国家|省|市|县|区|乡镇")
#: 初级道, 高级班: told apart by what they are for.
_STAGED = re.compile(r"(初|中|高)级(?!人民|法院|中学|工|以[上下]|及)(?=([\u4e00-\u9fff]))")
#: One of several that are told apart by number alone: 第三自来水厂, 第一、二产业.
_NUMBERED = re.compile(
    r"第([\d一二三四五六七八九十]+(?:、第?[\d一二三四五六七八九十]+)*)"
    r"(?=(?![条款项章节编目个次批步天年名位卷期部分大类])([\u4e00-\u9fff]{2}))"
)
#: Years of school, by ones and by runs: 一、二年级, 三至六年级.
_SCHOOL_YEARS = re.compile(
    r"((?:[一二三四五六七八九1-9](?:年级)?[、和与及或至到~-])*[一二三四五六七八九1-9])年级|(?<![\u4e00-\u9fff])大([一二三四])(?![\u4e00-\u9fff]{0,1}[型类个项])"
)
_RUN = re.compile(r"([\d一二三四五六七八九])(?:年级)?(?:[至到~-]([\d一二三四五六七八九]))?")
_INSURED = "(?:基本|大病)?(?:医保|医疗保险|养老保险|养老金)"
#: Names of which a text that speaks of one does not speak of another, and those that stand for several.
_EITHER: Mapping[str, tuple[re.Pattern[str], Mapping[str, str]]] = {
    "节日": (
        re.compile("元旦|春节|清明|劳动节|五一(?!道)|端午|中秋|国庆|过年|过大年"),
        {"过年": "春节", "过大年": "春节", "五一": "劳动节"},
    ),
    "学段": (
        re.compile("幼儿园|中小学|小学|初级中学|初中|高级中学|高中|中学"),
        {"中小学": "小学 初中 高中", "中学": "初中 高中", "初级中学": "初中", "高级中学": "高中"},
    ),
    "城乡": (
        re.compile("城镇|城里|农村|城乡|城市(?=居民|低保|最低生活|特困|户[籍口]|[^。;]{0,12}农村)"),
        {"城乡": "城镇 农村", "城市": "城镇", "城里": "城镇"},
    ),
    "参保": (re.compile(rf"(?:职工|居民)(?={_INSURED})|(?<=参保)(?:职工|居民)"), {}),
    # 本科以上 may be any of those above it.
    "学历": (
        re.compile(
            r"(?:博士后|博士|硕士|(?<![博硕]士)研究生|本科(?![目室技])|大专|专科(?![医护门联])|中专|中职)(?![^,，。;；]{0,5}以上)"
        ),
        {"研究生": "博士 硕士", "大专": "专科", "中专": "中职"},
    ),
    # Of 改（扩）建 and 新改扩建 each is one.
    "建设": (re.compile("(?<![创更革重])[新改扩](?=[改扩迁、()]{0,6}建(?![筑议材国立设]))"), {}),
    # 第三次以上 is the fourth time, too.
    "次数": (
        re.compile(
            r"首次|初次(?=违|被|发现|查)|头[一1][回次]|第[一1]次(?![全农经土人])|(?:第[二2]次|再次|[两2]次)(?:及)?以上|再次|第[二2]次(?![全农经土人])"
            r"|(?:第[三3]次|[三3]次)(?:及)?以上|多次|屡[次教]|第[三3]次(?![全农经土人])"
        ),
        {
            **dict.fromkeys(("初次", "头一回", "头一次", "头1回", "头1次", "第一次", "第1次"), "首次"),
            **dict.fromkeys(("第2次",), "第二次"),
            **dict.fromkeys(("第3次",), "第三次"),
            **{
                f"{n}次{more}以上": "第二次 第三次 多次 再次" for n in ("第二", "第2", "两", "2") for more in ("", "及")
            },
            **{f"{n}次{more}以上": "第三次 多次 再次" for n in ("第三", "第3", "三", "3") for more in ("", "及")},
            "再次": "第二次 第三次 多次 再次",
            "再次以上": "第二次 第三次 多次 再次",
            "多次": "第三次 多次 再次",
            "屡次": "第三次 多次 再次",
            "屡教": "第三次 多次 再次",
        },
    ),
    # Of which level of government the bodies of a rule are: 市直机关, 区属医院, 区里的剧院.
    "层级": (
        re.compile(
            "中央(?=机关|单位|部门)|[省市县区](?=[直属](?:机关|单位|部门|企业|学校|医院|公立|各|[\u4e00-\u9fff]{2}))"
            "|[省市县区](?=里的?(?:机关|单位|部门|局|[\u4e00-\u9fff]{1,3}(?:院|馆|校|厂|公司|中心)))|乡镇(?=机关|政府|单位|干部)|[乡镇](?=政府)"
        ),
        {"乡": "乡镇", "镇": "乡镇"},
    ),
    "内外": (re.compile("室内|室外|户外"), {"户外": "室外"}),
    "昼夜": (re.compile("昼间|白天|夜间|夜里"), {"白天": "昼间", "夜里": "夜间"}),
    "技能等级": (re.compile("初级工|中级工|高级工|(?:高级|特级|首席)?技师"), {}),
}
_DEGREES = ["中职", "专科", "本科", "硕士", "博士"]
_DEGREE_ABOVE = re.compile(r"(博士|硕士|本科|大专|专科|中专|中职)(?:研究生)?(?:学历|学位)?(?:及|或)?以上")
_OR_SO = re.compile(r"[级类等档型](?:及|[(]含[)])?以[上下]")
_CLASS_NAMES = frozenset("一二三四五六七八九十甲乙丙丁abcdefgh")
_ROMAN = {"i": "一", "ii": "二", "iii": "三", "iv": "四", "v": "五"}


def _classes(text: str, *, told: bool = False) -> dict[str, set[str]]:
    """The classes that a folded text names, by their noun: {"级": {"一", "二"}, "情节": {"严重"}}; where it is ``told``, by
    any noun near: 微型民用无人机 is of 无人机, too."""
    found: dict[str, set[str]] = {}
    for noun, degree in _DEGREE.findall(text):
        found.setdefault(noun, set()).add(degree)
    for grades, noun in _GRADED.findall(text):
        found.setdefault(noun, set()).update(_SAME_GRADE.get(g, g) for g in _GRADE.findall(grades))
    for typed, noun, sizes, firms in _SIZED.findall(text):
        nouns = [noun[i : i + 2] for i in range(len(noun) - 1 if told else 1)] if noun else [firms]
        for one in nouns:
            found.setdefault(one, set()).update(set(typed or sizes) & set("大中小微轻重"))
    for levels, noun in _LEVELLED.findall(text):
        found.setdefault(noun, set()).update(_LEVEL.findall(levels))
    for stage, noun in _STAGED.findall(text):
        found.setdefault(f"级{noun}", set()).add(stage)
    for numbers, noun in _NUMBERED.findall(text):
        found.setdefault(noun, set()).update(
            str(number_of(n)) for n in re.findall(r"[\d一二三四五六七八九十]+", numbers)
        )
    for years, of_college in _SCHOOL_YEARS.findall(text):
        for first, last in _RUN.findall(years or of_college):
            begins, ends = (number_of(one) or 0 for one in (first, last or first))
            found.setdefault("年级", set()).update(map(str, range(begins, ends + 1)))
    for kind, (members, same) in _EITHER.items():
        for member in members.findall(text):
            found.setdefault(kind, set()).update(same.get(member, member).split())
    for least in _DEGREE_ABOVE.findall(text):  # 硕士以上 are 博士, too
        found.setdefault("学历", set()).update(
            _DEGREES[_DEGREES.index(_EITHER["学历"][1].get(least, least).split()[0]) :]
        )
    for digit, sort, noun in _CLASS_BY_DIGIT.findall(text):  # 4A级 of 3A、4A、5A级
        found.setdefault(sort + noun, set()).add("一二三四五六七八九"[int(digit) - 1])
    for match in _CLASS.finditer(text):
        name, noun = match.groups()
        # Whether what is above 二级 is 一级 or 三级 a text does not say.
        names = _CLASS_NAMES if _OR_SO.match(text, match.end()) else {_ROMAN.get(name, name)}
        found.setdefault(noun, set()).update(names)
    return found


def other_class(question: str, text: str) -> bool:
    """Whether a folded text speaks of other classes than the one that a question asks about.

    >>> other_class("一级响应由谁启动", "iii级响应由主任启动"), other_class("二级的呢", "二、三级古树保护三米")
    (True, False)
    >>> other_class("4a级景区奖多少", "3a、4a、5a级景区奖10万元"), other_class("2a级景区奖多少", "3a、4a、5a级景区奖10万元")
    (False, True)
    >>> other_class("财政性经费有多少", "非财政性经费为3亿元"), other_class("成年人多少", "成年人9人,未成年人3人")
    (True, False)
    >>> other_class("不修码头的补多少", "非码头类项目补3万元"), other_class("城里和农村的渔民补多少", "城镇渔民补90元")
    (False, False)
    >>> other_class("城里的船何时登记", "城市在五月,农村在六月登记"), other_class("城里的船何时登记", "农村的船六月登记")
    (False, True)
    >>> other_class("未成年渔民补多少", "成年渔民补90元"), other_class("成年渔民补多少", "渔民补90元,未成年人减半")
    (True, True)
    >>> other_class("市级示范园奖多少", "国家级、省级示范园奖50万元"), other_class("省级示范园奖多少", "国家级、省级示范园奖50万元")
    (True, False)
    >>> other_class("第二水厂多大", "第三水厂日供水5万吨"), other_class("第2产业增长多少", "第一、二产业增长3%")
    (True, False)
    >>> other_class("初中有多少学生", "高中12所,学生6万人"), other_class("初中有多少学生", "中小学生共9万人")
    (True, False)
    >>> other_class("初级班几点开课", "高级班九点开课"), other_class("初级班几点开课", "初级班和高级班九点开课")
    (True, False)
    >>> other_class("硕士能加几分", "大专10分,本科以上20分"), other_class("大专能加几分", "本科以上20分")
    (False, True)
    >>> other_class("四年级谁带队", "一、二年级由两人带队"), other_class("四年级谁带队", "三至六年级由一人带队")
    (True, False)
    >>> other_class("头一回乱停怎么罚", "第二次乱停的,罚50元"), other_class("第三次乱停怎么罚", "第二次以上乱停的,罚50元")
    (True, False)
    >>> other_class("过年放几天", "元旦放假1天"), other_class("过年放几天", "元旦、春节期间安排值班")
    (True, False)
    """
    told = _classes(text, told=True)
    if any(noun in told and not told[noun] & asked for noun, asked in _classes(question).items()):
        return True
    return any(
        _only_denied(word, one, other) for one, other in ((question, text), (text, question)) for word in _non(one)
    )


#: 非公有制 and 未成年人 are none of 公有制 and 成年人.
_NON = re.compile(r"非(?!常|要|得|物|遗|洲|法|但|典|议)([\u4e00-\u9fff]{2})|未(成年)")


def _non(text: str) -> set[str]:
    """What a folded text speaks of that is not such: 公有 of 非公有制."""
    return {
        a or b
        for m in _NON.finditer(text)
        for a, b in [m.groups()]
        if text[m.start() - 1 : m.start()] not in list("并除若是绝莫")
    }


def without_non(text: str) -> str:
    """A folded text with what is not such put as what is: 营利性 for 非营利性."""
    return _NON.sub(lambda m: m[1] or m[2], text)


def _only_denied(word: str, denying: str, other: str) -> bool:
    """Whether one text speaks only of what is not such and the other only of what is; 不分财产 is none of 财产."""
    plain = re.compile(rf"(?<![非未]){word}")
    other = re.sub(rf"(?:不|没有?|无)[\u4e00-\u9fff]{{0,2}}{word}", "", other)
    return bool(plain.search(other)) and not plain.search(denying) and not re.search(f"[非未]{word}", other)


def names_class(question: str, text: str, instead: str = "") -> bool:
    """Whether a folded text names a class that a question asks about; ``instead``: a text of another class.

    >>> names_class("未成年人多少", "未成年人3人", "成年人9人"), names_class("财政性经费", "财政性经费2亿元", "非财政性经费3亿元")
    (True, True)
    """
    told = _classes(text, told=True)
    if any(told.get(noun, set()) & asked for noun, asked in _classes(question).items()):
        return True
    denied = _non(question)
    return any(re.search(f"[非未]{word}", text) for word in denied) or any(
        re.search(f"(?<![非未]){word}", text) for word in _non(instead) - denied if word in question
    )


_NOT = re.compile(r"(?:(?<![有是])没有?|未|无|(?<!是)不)(?:曾|经|再|作|做|进行|予以?|有)?([\u4e00-\u9fff]{2})")
_CASE = re.compile(r"[^,，;；。：:]+的(?=[,，])|(?<![^,，;；。])(?:有|没有|无|未)[^,，;；。：:]{2,10}(?=[：:])")


def _denied(text: str) -> set[str]:
    """What a folded text says is not done or not there: 约定 of 未作约定, but nothing of 不锈钢 and 不动产."""
    found = list(_NOT.finditer(text))
    if not any(m.group().startswith("不") for m in found):
        return {m[1] for m in found}
    ends = [end for start, end in word_spans(text) for _ in range(start, end)]
    return {m[1] for m in found if not m.group().startswith("不") or ends[m.start()] <= m.start(1)}


#: What people say is not done by one character, and what documents say of it: 没写 and 未约定.
_ONE_CHARACTER = {
    **dict.fromkeys("写说谈讲提定", ("约定", "明确", "规定")),
    "交": ("缴纳", "交纳", "缴费"),
    "还": ("归还", "退还", "偿还"),
    "付": ("支付", "给付"),
    "给": ("支付", "给付", "提供"),
    "退": ("退还", "退回"),
    "办": ("办理",),
    "报": ("报告", "申报", "报送"),
    "领": ("领取",),
    "改": ("改正", "整改"),
    "批": ("批准",),
}


def _asked_denied(question: str) -> set[str]:
    """What a question says is not done or not there, in the words of documents, too."""
    own = _denied(question)
    return own.union(*(_ONE_CHARACTER.get(what[0], ()) for what in own))


def opposite_case(question: str, text: str) -> bool:
    """Whether a folded text holds for the opposite of what a question tells of its case only.

    >>> opposite_case("合同没约定利率的怎么付", "对利率有约定的,不得低于一年期利率;")
    True
    >>> opposite_case("合同没约定利率的怎么付", "未作约定的,按日利率万分之五;")
    False
    >>> opposite_case("合同上压根没写利息怎么要", "对利率有约定的,不得低于一年期利率;")
    True
    """
    asked, cases = _asked_denied(question), _CASE.findall(text)
    told = set().union(*map(_denied, cases))
    affirmed = any(what in case and what not in _denied(text) for what in asked for case in cases)
    return affirmed or (bool(told) and any(w in question for w in told) and not told & asked)


def same_case(question: str, text: str) -> bool:
    """Whether a folded text holds for what a question says of its case, done or not: 未作约定的 and 没约定."""
    asked, cases = _asked_denied(question), _CASE.findall(text)
    told = set().union(*map(_denied, cases))
    return bool(told & asked) if asked else bool(cases) and not told
