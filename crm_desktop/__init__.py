"""客户管理系统: an offline customer-relationship system for one office, in one database file."""

__version__ = "0.1.0"
