from __future__ import annotations

from baixing.orders.forms import owner, resident, team
from baixing.orders.forms.ordering import BehalfForm, PlaceForm, TrackForm
from baixing.orders.forms.parts import VerbForm

# In the order in which a page offers them: what goes on first, what ends it last.
FORMS: dict[str, type[VerbForm]] = {
    "admit": owner.AdmitForm,
    "ask": owner.AskForm,
    "name_item": owner.NameItemForm,
    "accept": team.AcceptForm,
    "decline": team.DeclineForm,
    "claim": team.ClaimForm,
    "dispatch": owner.DispatchForm,
    "open": owner.OpenForm,
    "recall": owner.RecallForm,
    "appoint": team.AppointForm,
    "serve": team.ServeForm,
    "hand_back": team.HandBackForm,
    "alarm": team.AlarmForm,
    "supply": resident.SupplyForm,
    "change": resident.ChangeForm,
    "suggest": resident.SuggestForm,
    "urge": resident.UrgeForm,
    "follow": resident.FollowForm,
    "rate": resident.RateForm,
    "dispute": resident.DisputeForm,
    "redo": owner.RedoForm,
    "uphold": owner.UpholdForm,
    "agree": owner.AgreeForm,
    "refuse": owner.RefuseForm,
    "resume": owner.ResumeForm,
    "transfer": owner.TransferForm,
    "merge": owner.MergeForm,
    "pause": owner.PauseForm,
    "miss": resident.MissForm,
    "reveal": team.RevealForm,
    "reject": owner.RejectForm,
    "give_up": owner.GiveUpForm,
    "withdraw": resident.WithdrawForm,
}
CALL = owner.CloseCallForm

__all__ = ["CALL", "FORMS", "BehalfForm", "PlaceForm", "TrackForm", "VerbForm"]
