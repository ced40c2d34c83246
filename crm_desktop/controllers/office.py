"""The office of one signed-in operator: the only place that builds controllers."""

from crm_desktop.controllers.account import Account
from crm_desktop.controllers.analyses import Analyses, Satisfaction
from crm_desktop.controllers.attachments import Attachments
from crm_desktop.controllers.audit import Audit
from crm_desktop.controllers.backups import Backups
from crm_desktop.controllers.batch_entry import BatchEntry
from crm_desktop.controllers.calls import Calls
from crm_desktop.controllers.cleanup import Cleanup
from crm_desktop.controllers.company import Company
from crm_desktop.controllers.contacts import Contacts
from crm_desktop.controllers.context import Context
from crm_desktop.controllers.customers import Customers
from crm_desktop.controllers.dictionaries import Dictionaries
from crm_desktop.controllers.drafts import Drafts
from crm_desktop.controllers.duplicates import Duplicates
from crm_desktop.controllers.entity import EntityController, plain_controller
from crm_desktop.controllers.exchange import Exchange
from crm_desktop.controllers.first_steps import FirstSteps
from crm_desktop.controllers.grids import all_grids
from crm_desktop.controllers.handover import HandOver
from crm_desktop.controllers.interactions import Interactions
from crm_desktop.controllers.letters import Letters
from crm_desktop.controllers.list_designs import ListDesigns
from crm_desktop.controllers.mail import Mail, MailSetup, MailTemplates
from crm_desktop.controllers.maintenance import Maintenance
from crm_desktop.controllers.manual import Manual
from crm_desktop.controllers.memos import Memos
from crm_desktop.controllers.operators import Operators
from crm_desktop.controllers.queries import Queries
from crm_desktop.controllers.recycle_bin import RecycleBin
from crm_desktop.controllers.regions import Regions
from crm_desktop.controllers.reminders import Reminders
from crm_desktop.controllers.reports import Reports
from crm_desktop.controllers.roles import Roles
from crm_desktop.controllers.sales import Sales
from crm_desktop.controllers.service import Complaints, Feedback
from crm_desktop.controllers.settings import Settings
from crm_desktop.controllers.timeline import Timeline
from crm_desktop.controllers.today import Today
from crm_desktop.controllers.undo import Undo
from crm_desktop.controllers.word_letters import WordLetters
from crm_desktop.models import PRODUCTS, RECORDS


class Office:
    """One attribute an area; everything in it acts as ``context.operator``."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.db = context.db
        self.bus = context.bus
        self.operator = context.operator
        self.clock = context.clock
        self.contacts = Contacts(context)
        self.customers = Customers(context, lines={"contacts": self.contacts})
        self.interactions = Interactions(context)
        self.feedback = Feedback(context)
        self.complaints = Complaints(context)
        self.products = plain_controller(PRODUCTS)(context)
        self.sales = Sales(context)
        self.memos = Memos(context)
        self.reminders = Reminders(context, self.memos)
        self.records: dict[str, EntityController] = {each.key: getattr(self, each.key) for each in RECORDS}
        self.calls = Calls(context, self.records)
        self.queries = Queries(context, self.records)
        self.list_designs = ListDesigns(context)
        self.timeline = Timeline(context)
        self.attachments = Attachments(context, self.records)
        self.dictionaries = Dictionaries(context)
        self.regions = Regions(context)
        grids = all_grids(context, self.records, self.dictionaries, self.regions)
        self.batch_entry = BatchEntry(context, self.records, grids)
        self.company = Company(context)
        self.operators = Operators(context)
        self.roles = Roles(context)
        self.handover = HandOver(context)
        self.account = Account(context)
        self.audit = Audit(context)
        self.settings = Settings(context)
        self.drafts = Drafts(context)
        self.backups = Backups(context, (self.company, *self.records.values(), self.operators, self.roles))
        self.maintenance = Maintenance(context)
        self.reports = Reports(context, self.records, self.regions, self.company)
        self.letters = Letters(context, self.records)
        self.word_letters = WordLetters(context, self.records, self.company)
        self.mail = Mail(context, self.records, self.company)
        self.mail_setup = MailSetup(context)
        self.mail_templates = MailTemplates(context)
        self.analyses = Analyses(context, self.records)
        self.today = Today(context, self.records, self.analyses)
        self.satisfaction = Satisfaction(context, self.analyses)
        deletable = {**self.records, "operators": self.operators, "roles": self.roles}
        self.recycle_bin = RecycleBin(context, deletable, self.dictionaries, self.attachments)
        self.duplicates = Duplicates(context, self.records)
        self.undo = Undo(context)
        self.manual = Manual(context)
        self.first_steps = FirstSteps(context)
        self.cleanup = Cleanup(context)
        self.exchange = Exchange(context, self.records, self.dictionaries, self.settings)

    @property
    def sees_all(self) -> bool:
        """Whether the customers of others are the operator's to see, too."""
        return not self.context.scope_note()

    def may(self, area: str, verb: str) -> bool:
        """Whether the operator's role has this right: for screens, which hide what may not be used."""
        return self.context.may(area, verb)
