from __future__ import annotations

from django.urls import path

from baixing.hours.views import certifying, checking, credentials, keeping, mine, public, queue
from baixing.kernel.credentials import issuers

app_name = "hours"
urlpatterns = [
    path("hours/", mine.mine, name="mine"),
    path("hours/ledger.json", mine.own_file, name="own_file"),
    path("hours/stars/", mine.choose_stars, name="choose_stars"),
    path("hours/entries/<int:pk>/object/", mine.object_to, name="object"),
    path("hours/entries/<int:pk>/correct/", queue.correct, name="correct"),
    path("hours/claims/", checking.claims, name="claims"),
    path("hours/claims/<int:pk>/", checking.claim, name="claim"),
    path("hours/claims/<int:pk>/review/", checking.review, name="review"),
    path("hours/claims/<int:pk>/credit/", checking.credit, name="credit"),
    path("hours/claims/<int:pk>/refuse/", checking.refuse, name="refuse"),
    path("hours/flags/", queue.flags, name="flags"),
    path("hours/flags/<int:pk>/", queue.flag, name="flag"),
    path("hours/corrections/<int:pk>/agree/", queue.agree_correction, name="agree_correction"),
    path("hours/corrections/<int:pk>/drop/", queue.drop_correction, name="drop_correction"),
    path("hours/certificates/", certifying.certificates, name="certificates"),
    path("hours/certificates/draft/", mine.draft, name="draft"),
    path("hours/certificates/<int:pk>/", certifying.certificate, name="certificate"),
    path("hours/certificates/<int:pk>/sheet.pdf", certifying.pdf, name="pdf"),
    path("hours/certificates/<int:pk>/file.json", certifying.own_snapshot, name="snapshot"),
    path("hours/certificates/<int:pk>/credential.json", credentials.credential, name="credential"),
    path("hours/certificates/<int:pk>/publicise/", certifying.publicise, name="publicise"),
    path("hours/certificates/<int:pk>/issue/", certifying.issue, name="issue"),
    path("hours/certificates/<int:pk>/refuse/", certifying.refuse_certificate, name="refuse_certificate"),
    path("hours/certificates/<int:pk>/revoke/", certifying.revoke, name="revoke"),
    path("hours/levels/", keeping.levels, name="levels"),
    path("hours/levels/<int:stars>/", keeping.level, name="level"),
    path("hours/whole.json", keeping.whole_file, name="whole_file"),
    path("hours/transfers/", keeping.transfers, name="transfers"),
    path("hours/transfers/system/", keeping.add_system, name="add_system"),
    path("hours/transfers/in/", keeping.take_in, name="take_in"),
    path("hours/transfers/out/", keeping.send_out, name="send_out"),
    path("hours/transfers/<int:pk>/agree/", keeping.agree_transfer, name="agree_transfer"),
    path("hours/transfers/<int:pk>/drop/", keeping.drop_transfer, name="drop_transfer"),
    path("hours/transfers/<int:pk>/file.json", keeping.transfer_file, name="transfer_file"),
    path("publicity/", public.publicity, name="publicity"),
    path("publicity/<int:pk>/object/", public.object_certificate, name="object_certificate"),
    path("verify/", public.verify, name="verify"),
    path("verify/<slug:code>/", public.verify, name="verify_code"),
    path("credentials/revoked/<int:number>/", credentials.revoked_list, name="revoked_list"),
    path(issuers.PATH.removeprefix("/"), credentials.issuer, name="issuer"),
    path("ledger/", public.roots, name="roots"),
    path("ledger/roots.json", public.roots_file, name="roots_file"),
]
