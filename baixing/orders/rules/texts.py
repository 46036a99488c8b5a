"""What notices about orders say. %(item)s may be empty: a wish has no item yet."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

TEXTS = {
    "order.placed": _("Your order %(number)s is placed. %(unit)s will answer you. Code: %(code)s"),
    "order.asked": _("About your order %(number)s: %(question)s Please answer, or call us."),
    "order.asked_again": _("We still wait for your answer about order %(number)s."),
    "order.admitted": _("Order %(number)s is taken on. We promise to settle it by %(when)s."),
    "order.accepted": _("%(team)s has accepted your order %(number)s and will set a time with you."),
    "order.appointed": _("The visit for order %(number)s is on %(when)s."),
    "order.moved": _("The visit for order %(number)s has moved to %(when)s."),
    "order.handed_back": _("We are sorry: the team cannot come for order %(number)s. We are looking for another."),
    "order.missed": _("We are sorry that nobody came for order %(number)s. We are looking for another team."),
    "order.was_out": _("The team did not meet you for order %(number)s. It will set a new time with you."),
    "order.served": _("Order %(number)s is served. How was it? Please tell us, it takes one tap."),
    "order.rate_again": _("How was the service for order %(number)s? One tap is enough."),
    "order.rejected": _("We cannot take on order %(number)s: %(why)s"),
    "order.merged": _("Order %(number)s goes on together with an equal one. You can follow it."),
    "order.paused": _("Order %(number)s rests until %(when)s and goes on by itself then."),
    "order.resumed": _("Order %(number)s goes on now."),
    "order.unmet": _("We cannot meet order %(number)s for now. Please read what else you can do."),
    "order.lapsed": _("Order %(number)s was closed because we had no answer. You can place it again at any time."),
    "order.redo": _("Order %(number)s will be served again, by another team if we can."),
    "order.upheld": _("Order %(number)s was looked at and closed. Please read the reason."),
    "visit.soon": _("Reminder: the visit for order %(number)s is on %(when)s."),
    "owner.placed": _("New order %(number)s %(item)s waits to be admitted."),
    "owner.supplied": _("The resident has answered about order %(number)s."),
    "owner.declined": _("%(team)s has declined order %(number)s. Please offer it to another team."),
    "owner.lapsed": _("%(team)s did not answer about order %(number)s in time."),
    "owner.handed_back": _("%(team)s has handed back order %(number)s."),
    "owner.missed": _("%(team)s did not come for order %(number)s. Please find another team."),
    "owner.escalated": _("Order %(number)s was not settled in time and is yours now."),
    "owner.disputed": _("The resident is not content with order %(number)s. Please decide."),
    "owner.urged": _("The resident urges order %(number)s."),
    "owner.call": _("Please call about order %(number)s: did the visit happen?"),
    "owner.cosign": _("Order %(number)s waits for your co-sign."),
    "owner.refused": _("The other unit did not co-sign for order %(number)s."),
    "owner.alarm": _("Danger reported at order %(number)s. Please act at once."),
    "order.many_contacts": _("%(name)s has opened %(count)s contacts within an hour. Please ask what for."),
    "menu.unserved": _(
        "%(item)s has left the menu: no team accepted it for 60 days. Please decide: back on the menu, or off for good?"
    ),
    "team.offered": _("Order %(number)s %(item)s is offered to your team. Please answer by %(when)s."),
    "team.opened": _("Order %(number)s %(item)s is open: the first team that claims it has it."),
    "team.recalled": _("The offer of order %(number)s was taken back. Nothing is left to do."),
    "team.asked_back": _(
        "The centre asks whether your team gives order %(number)s %(item)s back, so that another can go. You may "
        "keep it."
    ),
    "team.withdrawn": _("The resident has withdrawn order %(number)s. Your team is free again."),
    "team.suggested": _("The resident asks for another time for order %(number)s."),
}
