from __future__ import annotations

from baixing.dispatching.models.plan import Plan, PlanQuerySet
from baixing.dispatching.models.policy import Automatic, Policy
from baixing.dispatching.models.proposal import Proposal, ProposalQuerySet
from baixing.dispatching.models.what_if import WhatIf, WhatIfQuerySet

__all__ = ["Automatic", "Plan", "PlanQuerySet", "Policy", "Proposal", "ProposalQuerySet", "WhatIf", "WhatIfQuerySet"]
