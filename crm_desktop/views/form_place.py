"""What forms with an address share: a region brings its area code and postcode, a name its 拼音码."""

from collections.abc import Callable

from crm_desktop.views.form_companion import Companion

FROM_REGION = ("area_code", "postcode")


class PlaceCompanion(Companion):
    """Fields that a choice filled follow the next choice until the operator types into them."""

    def filled(self) -> None:
        self._brought: dict[str, str] = {}
        if self.form.is_new:
            self._follow_region()
        self._suggest_pinyin()

    def changed(self, name: str) -> None:
        if name == "region":
            self._follow_region()
        elif name == self.form.entity.title:
            self._suggest_pinyin()

    def bring(self, name: str, value: str) -> None:
        """Fill a field that is empty, or that an earlier choice had filled."""
        labeled = self.form.fields.get(name)
        if labeled is None or labeled.input.is_readonly:
            return
        if labeled.get() in ("", self._brought.get(name)):
            labeled.set(value)
            self._brought[name] = value

    def _follow_region(self) -> None:
        region = self.form["region"].input
        row = region.facts(region.chosen.key) if region.chosen else None
        for name in FROM_REGION:
            if row is not None:
                self.bring(name, row[name])

    def _suggest_pinyin(self) -> None:
        """Shown in grey, and made on saving, as long as nobody types a 拼音码."""
        if "pinyin" in self.form.fields:
            self.form.later.ask("pinyin", self._pinyin, lambda made: self.form.suggest("pinyin", made), pause=False)

    def _pinyin(self) -> Callable[[], str]:
        name, controller = self.form[self.form.entity.title].get(), self.form.controller
        return lambda: controller.pinyin_of(name)
