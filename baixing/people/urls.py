from __future__ import annotations

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from baixing.people.models import Consent
from baixing.people.views import desk, entry, factors, leaving, mine, number, proof


class KindConverter(StringConverter):
    regex = "|".join(Consent.Kind.values)

    def to_python(self, value: str) -> Consent.Kind:
        return Consent.Kind(value)


register_converter(KindConverter, "consent_kind")

app_name = "people"
urlpatterns = [
    path("in/", entry.sign_in, name="sign_in"),
    path("in/code/", entry.code, name="code"),
    path("in/code/again/", entry.send_again, name="send_again"),
    path("in/who/", entry.who, name="who"),
    path("in/name/", entry.name, name="name"),
    path("in/new/", entry.new, name="new"),
    path("in/consent/", entry.consent, name="consent"),
    path("in/factor/", proof.factor, name="factor"),
    path("in/factor/passkey/", proof.factor_passkey, name="factor_passkey"),
    path("in/factor/recovery/", proof.factor_recovery, name="factor_recovery"),
    path("out/", entry.sign_out, name="sign_out"),
    path("me/", mine.me, name="me"),
    path("me/name/", mine.rename, name="rename"),
    path("me/birth/", mine.birth, name="birth"),
    path("me/speech/", mine.speech, name="speech"),
    path("me/number/", number.number, name="number"),
    path("me/number/old/", number.number_old, name="number_old"),
    path("me/number/old/send/", number.number_send, name="number_send"),
    path("me/number/code/", number.number_code, name="number_code"),
    path("me/factors/", factors.factors, name="factors"),
    path("me/factors/app/begin/", factors.begin_app, name="begin_app"),
    path("me/factors/app/", factors.factor_app, name="factor_app"),
    path("me/factors/passkey/", factors.add_passkey, name="add_passkey"),
    path("me/factors/codes/", factors.recovery_codes, name="recovery_codes"),
    path("me/factors/codes/kept/", factors.codes_kept, name="codes_kept"),
    path("me/factors/<int:pk>/remove/", factors.remove_factor, name="remove_factor"),
    path("me/data/", leaving.data, name="data"),
    path("me/data/json/", leaving.data_json, name="data_json"),
    path("me/data/csv/", leaving.data_csv, name="data_csv"),
    path("me/erase/", leaving.erase, name="erase"),
    path("me/household/", mine.household, name="household"),
    path("me/sessions/", mine.sessions, name="sessions"),
    path("me/sessions/<int:pk>/end/", mine.end_session, name="end_session"),
    path("me/sessions/end/", mine.end_others, name="end_others"),
    path("me/consents/", mine.consents, name="consents"),
    path("me/consents/<consent_kind:kind>/give/", mine.give_consent, name="give_consent"),
    path("me/consents/<consent_kind:kind>/withdraw/", mine.withdraw_consent, name="withdraw_consent"),
    path("me/family/", mine.family, name="family"),
    path("me/family/<int:pk>/confirm/", mine.confirm_guardian, name="confirm_guardian"),
    path("me/family/<int:pk>/end/", mine.end_guardian, name="end_guardian"),
    path("recover/", desk.recover, name="recover"),
    path("recover/who/", desk.recover_who, name="recover_who"),
    path("recover/number/", desk.recover_number, name="recover_number"),
    path("recover/birth/", desk.correct_birth, name="correct_birth"),
    path("recover/factor/", desk.reset_factor, name="reset_factor"),
    path("recover/code/", desk.recover_code, name="recover_code"),
]
