"""What a clerk's first save would load, loaded once by the server that forks the clerks."""

import phonenumbers
import python_calamine

from crm_desktop.db import pinyin
from tests.faults import work

LOADED = (work, phonenumbers, python_calamine, pinyin.spell("客户", person=True))
