"""Two composed reports for the tests of conversations, and talk with an assistant."""

from collections.abc import Iterable, Sequence

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.conversations.conversation import Turn

WATER = """# 2020年度佛山市水利局部门整体支出绩效自评报告

## 一、基本情况

2020年，我局纳入部门决算管理的单位共6个。全年新建供水管网128.6公里，改造老旧管网75公里，新增污水日处理能力4.5万吨。\
全市自来水用户满意度为93.2%，全省排名第4名。

下达水库加固补助、河道整治补助、农村供水补助3.27亿元、1.86亿元、0.94亿元，分别惠及18个、27个、42个乡镇。

开展防汛培训12场，参加培训人员3,450人次；开展节水宣传36场，参加活动群众2.1万人次。

全市水库蓄水量达8.4亿立方米，同比增长6.3%；河道巡查12,480次，查处涉水违法案件236宗。

## 二、绩效目标完成情况

各项指标的完成情况如下：

| 指标名称 | 年度目标 | 实际值 |
| --- | --- | --- |
| 农村自来水普及率 | 不低于95% | 已完成，农村自来水普及率97.5%。 |
| 水库除险加固数量 | 完成水库除险加固12座 | 已完成，水库除险加固14座。 |
| 河道清淤长度 | 清淤210公里 | 未完成，清淤189公里。 |

河道清淤长度未达到目标，主要原因是汛期延长、施工时间缩短。

全市农村自来水普及率为97.2%。

## 三、存在问题

一是部分区水价调整滞后，管网漏损控制压力较大；二是水利工程管护队伍专业人员不足；三是智慧水务平台建设进度偏慢。
"""

CULTURE = """# 2023年度汉源市文化旅游局部门整体支出绩效自评报告

## 一、工作完成情况

2023年，全市公共图书馆新购图书8.46万册，比上年增加1.12万册，增长15.3%。\
改造社区书屋132个，惠及居民3.57万户，完成投资2,860万元。

全年举办送戏下乡演出764场，观众41.8万人次，比上年增长22.6%；\
查办文化市场案件3,579件，其中移送公安机关18件，罚没款96.4万元。

景区平均检票等候时间11.5分钟，比上年缩短2.5分钟。公共图书馆读者满意度为92.6%。

培训讲解员286人。创建研学基地35个，投入资金1,240万元。

## 二、经费情况

表1 “三公”经费支出表（单位：万元）

| 项目 | 2023年预算数 | 2023年决算数 | 2022年决算数 |
| --- | --- | --- | --- |
| 公务用车运行维护费 | 42.30 | 37.85 | 40.16 |
| 公务接待费 | 12.60 | 8.94 | 11.27 |

## 三、2024年工作计划

2024年，计划新购图书9万册以上，力争举办送戏下乡演出800场，公共图书馆读者满意度力争达到94%。
"""


def turns(said: Iterable[str]) -> tuple[Turn, ...]:
    """Turns of user and assistant by turns, the user first."""
    return tuple(Turn(role="assistant" if order % 2 else "user", content=content) for order, content in enumerate(said))


def talk(assistant: Assistant, questions: Sequence[str]) -> Answer:
    """The last answer of a conversation whose earlier answers are the assistant's own."""
    said: list[str] = []
    for question in questions[:-1]:
        said += [question, assistant.answer(question, turns(said)).answer]
    return assistant.answer(questions[-1], turns(said))
