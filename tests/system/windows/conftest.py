"""Stand-ins for pywin32: one printer that takes down every call."""

import sys
from types import ModuleType, SimpleNamespace

import pytest
from PIL import ImageWin

CONSTANTS = {
    "DM_OUT_BUFFER": 2, "DM_IN_BUFFER": 8, "DM_ORIENTATION": 1, "DM_PAPERSIZE": 2, "DM_PAPERLENGTH": 4,
    "DM_PAPERWIDTH": 8, "DM_COPIES": 256, "DM_DEFAULTSOURCE": 512, "DM_FORMNAME": 65536,
    "DMORIENT_PORTRAIT": 1, "DMORIENT_LANDSCAPE": 2, "DC_PAPERS": 2, "DC_PAPERSIZE": 3, "DC_BINS": 6,
    "DC_BINNAMES": 12, "LOGPIXELSX": 88, "LOGPIXELSY": 90, "PHYSICALWIDTH": 110, "PHYSICALHEIGHT": 111,
    "PHYSICALOFFSETX": 112, "PHYSICALOFFSETY": 113,
}


class DriverError(Exception):
    """What pywin32 raises: a number, a function, a sentence."""


class DevMode:
    Size = 220

    def __init__(self, extra=0):
        self.DriverExtra = extra
        self.Fields = self.Orientation = self.PaperSize = self.PaperWidth = self.PaperLength = 0
        self.Copies = self.DefaultSource = 0
        self.FormName = ""


class FakeDriver:
    """One printer: takes down every call, answers like a driver of 300 × 600 dpi with 5 mm margins."""

    def __init__(self):
        self.calls = []
        self.papers = [(9, 210.0, 297.0), (27, 110.0, 220.1)]
        self.refuses_paper = False
        self.dpi = (300, 600)
        self.failures = {}
        self.mode = None
        self.status = self.attributes = 0
        self.jobs = {}
        self.is_open = self.has_context = False
        self.doc = None
        """``between`` pages, in a ``page``, or none begun."""

    def names(self):
        return [call[0] for call in self.calls]

    def record(self, name, *arguments):
        self.calls.append((name, *arguments))
        if name in self.failures:
            raise DriverError(self.failures[name], name, "failed")

    def modules(self):
        win32print = ModuleType("win32print")
        win32print.PRINTER_ENUM_LOCAL, win32print.PRINTER_ENUM_CONNECTIONS = 2, 4
        functions = {name: getattr(self, name) for name in dir(self) if name[0].isupper()}
        vars(win32print).update(functions)
        win32con = ModuleType("win32con")
        vars(win32con).update(CONSTANTS)
        win32gui, pywintypes = ModuleType("win32gui"), ModuleType("pywintypes")
        win32gui.CreateDC = self.create_context
        win32gui.DeleteDC = self.delete_context
        pywintypes.DEVMODEType, pywintypes.error = DevMode, DriverError
        return {m.__name__: m for m in (win32print, win32con, win32gui, pywintypes)}

    def EnumPrinters(self, *arguments):
        self.record("EnumPrinters", *arguments)
        return ({"pPrinterName": "针式打印机"}, {"pPrinterName": "HP LaserJet"})

    def GetDefaultPrinterW(self):
        self.record("GetDefaultPrinterW")
        return "HP LaserJet"

    def OpenPrinter(self, name):
        self.record("OpenPrinter", name)
        self.is_open = True
        return 77

    def ClosePrinter(self, handle):
        self.record("ClosePrinter", handle)
        self.is_open = False

    def GetPrinter(self, handle, level):
        assert (handle, level) == (77, 2) and self.is_open
        return {"pPortName": "USB001", "Status": self.status, "Attributes": self.attributes, "cJobs": len(self.jobs)}

    def GetJob(self, handle, job, level):
        assert (handle, level) == (77, 1) and self.is_open
        self.record("GetJob", job)
        if job not in self.jobs:
            raise DriverError(87, "GetJob", "The parameter is incorrect.")
        return {"JobId": job, "Status": self.jobs[job], "pStatus": None}

    def SetJob(self, handle, job, level, information, command):
        assert (handle, level, information) == (77, 0, None) and self.is_open
        self.record("SetJob", job, command)
        del self.jobs[job]

    def DocumentProperties(self, window, handle, name, output, given, mode):
        self.record("DocumentProperties", mode)
        assert (window, handle, name) == (0, 77, "HP LaserJet")
        if mode == 2:
            output.Fields = CONSTANTS["DM_FORMNAME"] | CONSTANTS["DM_PAPERSIZE"] | 0x1000
            output.FormName, output.PaperSize = "A4", 9
        if mode == 10:
            assert output is given
            self.mode = given
        return 220 + 1000

    def DeviceCapabilities(self, name, port, capability):
        assert (name, port) == ("HP LaserJet", "USB001")
        return {
            CONSTANTS["DC_PAPERS"]: tuple(n for n, _, _ in self.papers),
            CONSTANTS["DC_PAPERSIZE"]: tuple({"x": int(w * 10), "y": int(h * 10)} for _, w, h in self.papers),
            CONSTANTS["DC_BINS"]: (7, 4),
            CONSTANTS["DC_BINNAMES"]: ("自动选择", "手动进纸"),
        }[capability]

    def create_context(self, driver, name, mode):
        self.record("CreateDC", driver, name)
        assert mode is self.mode and self.is_open and not self.has_context
        self.has_context = True
        return 55

    def delete_context(self, context):
        self.record("DeleteDC", context)
        assert context == 55 and self.has_context and (self.doc is None or "AbortDoc" in self.failures)
        self.has_context = False

    def size(self):
        """What the context would report: the paper the mode asks for, or A4 from a driver that refuses it."""
        upright = (self.mode.PaperWidth / 10, self.mode.PaperLength / 10)
        for number, width, height in self.papers:
            if self.mode.Fields & CONSTANTS["DM_PAPERSIZE"] and number == self.mode.PaperSize:
                upright = (width, height)
        if self.refuses_paper:
            return self.papers[0][1:]
        return upright[::-1] if self.mode.Orientation == CONSTANTS["DMORIENT_LANDSCAPE"] else upright

    def GetDeviceCaps(self, context, index):
        assert context == 55 and self.has_context
        (dpi_x, dpi_y), (width, height) = self.dpi, self.size()
        return {
            CONSTANTS["LOGPIXELSX"]: dpi_x, CONSTANTS["LOGPIXELSY"]: dpi_y,
            CONSTANTS["PHYSICALWIDTH"]: round(width / 25.4 * dpi_x),
            CONSTANTS["PHYSICALHEIGHT"]: round(height / 25.4 * dpi_y),
            CONSTANTS["PHYSICALOFFSETX"]: round(5 / 25.4 * dpi_x),
            CONSTANTS["PHYSICALOFFSETY"]: round(5 / 25.4 * dpi_y),
        }[index]

    # The spooler takes pages only in their order, and only from a context that is there.

    def StartDoc(self, context, document):
        assert context == 55 and self.has_context and self.doc is None
        self.record("StartDoc", context, document)
        self.doc = "between"
        return 12

    def StartPage(self, context):
        assert context == 55 and self.has_context and self.doc == "between"
        self.record("StartPage", context)
        self.doc = "page"

    def EndPage(self, context):
        assert context == 55 and self.has_context and self.doc == "page"
        self.record("EndPage", context)
        self.doc = "between"

    def EndDoc(self, context):
        assert context == 55 and self.has_context and self.doc == "between"
        self.record("EndDoc", context)
        self.doc = None

    def AbortDoc(self, context):
        assert context == 55 and self.has_context and self.doc is not None
        self.record("AbortDoc", context)
        self.doc = None


@pytest.fixture
def con():
    """The constants of win32con, with their values there."""
    return SimpleNamespace(**CONSTANTS)


@pytest.fixture
def driver(monkeypatch):
    fake = FakeDriver()
    for name, module in fake.modules().items():
        monkeypatch.setitem(sys.modules, name, module)

    def dib(picture):
        return SimpleNamespace(draw=lambda context, place: fake.record("draw", context, place, picture))

    monkeypatch.setattr(ImageWin, "Dib", dib)
    return fake
