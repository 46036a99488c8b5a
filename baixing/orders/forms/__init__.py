from __future__ import annotations

from baixing.orders.forms import owner, resident, team
from baixing.orders.forms.ordering import BehalfForm, PlaceForm, TrackForm
from baixing.orders.forms.parts import VerbForm

FORMS: dict[str, type[VerbForm]] = {
    "accept": team.AcceptForm,
    "admit": owner.AdmitForm,
    "agree": owner.AgreeForm,
    "alarm": team.AlarmForm,
    "appoint": team.AppointForm,
    "ask": owner.AskForm,
    "change": resident.ChangeForm,
    "claim": team.ClaimForm,
    "decline": team.DeclineForm,
    "dispatch": owner.DispatchForm,
    "dispute": resident.DisputeForm,
    "follow": resident.FollowForm,
    "give_up": owner.GiveUpForm,
    "hand_back": team.HandBackForm,
    "merge": owner.MergeForm,
    "miss": resident.MissForm,
    "name_item": owner.NameItemForm,
    "open": owner.OpenForm,
    "pause": owner.PauseForm,
    "rate": resident.RateForm,
    "recall": owner.RecallForm,
    "redo": owner.RedoForm,
    "refuse": owner.RefuseForm,
    "reject": owner.RejectForm,
    "resume": owner.ResumeForm,
    "reveal": team.RevealForm,
    "serve": team.ServeForm,
    "suggest": resident.SuggestForm,
    "supply": resident.SupplyForm,
    "transfer": owner.TransferForm,
    "uphold": owner.UpholdForm,
    "urge": resident.UrgeForm,
    "withdraw": resident.WithdrawForm,
}
CALL = owner.CloseCallForm

__all__ = ["CALL", "FORMS", "BehalfForm", "PlaceForm", "TrackForm", "VerbForm"]
