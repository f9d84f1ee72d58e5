"""What people do with declarations and periods. Each takes an open write door; none reads the clock.

What counts (design: "What counts"): in an open month a declaration that an admin or manager entered stands
at once; one that a supplier submitted stands when it is accepted. In a closed month a revision stands only
after a second person approved it.
"""

from django.db.models import Max, Min, Q
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from intake.models import Batch
from office.door import Refused
from partstrack.periods import month_name
from production import expecting, ledger, telling
from production.models import Declaration, OutputLine, PeriodState, Posting, Standing

WAITING = (Declaration.State.DRAFT, Declaration.State.SUBMITTED)


def closed_months(months):
    """Return which of these months are closed now."""
    return set(PeriodState.objects.filter(month__in=set(months), to_v=None).values_list("month", flat=True))


def _named(month):
    return month_name(month, get_language())


def next_revisions(heads):
    """Return {head id: number of the next revision}."""
    last = Declaration.objects.filter(head__in=heads).values_list("head").annotate(last=Max("revision"))
    return dict.fromkeys(heads, 1) | {head: revision + 1 for head, revision in last}


def declare_nil(door, user, site, month, reason="", received_on=None, **how):
    """Declare that a site made nothing in a month. Returns the declaration; Refused when one waits already.

    `how`: channel, sender and proof (an Attachment), as the declaration keeps them.
    """
    if month > door.today:
        raise Refused(_("The month %(month)s has not begun.") % {"month": _named(month)})
    head = ledger.lock([(site.pk, month)])[(site.pk, month)]
    _none_waiting([head])
    make_way([head])
    standing = ledger.standing_ids([head]).get(head)
    revision = next_revisions([head])[head]
    if revision > 1 and not reason:
        raise Refused(_("This month was declared before: say why it is declared again."))
    declaration = Declaration.objects.create(
        head_id=head,
        revision=revision,
        based_on_id=standing,
        kind=Declaration.Kind.NIL,
        reason=reason,
        author=user,
        received_on=received_on or door.today,
        **how,
    )
    settle(door, user, [declaration])
    return declaration


def make_way(heads):
    """Withdraw the declarations that were returned on these heads: the next one takes their place."""
    Declaration.objects.filter(head__in=heads, state=Declaration.State.RETURNED).update(
        state=Declaration.State.WITHDRAWN
    )


def waiting_pairs(pairs):
    """Return (site code, month) of those (site id, month) for which a declaration waits for a decision."""
    open_ones = Declaration.objects.filter(state__in=WAITING, head__site__in={site for site, _month in pairs})
    rows = open_ones.values_list("head__site_id", "head__month", "head__site__code").order_by(
        "head__month", "head__site__code"
    )
    return [(code, month) for site, month, code in rows if (site, month) in set(pairs)]


def moved_since(heads, version):
    """Say whether something else began or ceased to stand on these heads after a version."""
    later = Q(from_v__gt=version) | Q(to_v__gt=version)
    return Standing.objects.filter(later, head__in=list(heads)).exists()


def _none_waiting(heads):
    waiting = Declaration.objects.filter(head__in=heads, state__in=WAITING).select_related("head__site")
    if waiting:
        raise Refused(
            *(
                _("%(site)s, %(month)s: a declaration already waits for a decision. Accept or return it first.")
                % {"site": each.head.site.code, "month": _named(each.head.month)}
                for each in waiting
            )
        )


def settle(door, user, declarations):
    """Send drafts the way their month and their author ask for: stand at once, or wait for somebody.

    Returns (standing, waiting): lists of declarations. Heads must be locked.
    """
    ledger.shared()
    if not user.may("upload"):
        raise Refused(_("Declaring is for admins, managers and suppliers."))
    expecting.none_handed_over([each.head_id for each in declarations])
    closed = closed_months(each.head.month for each in declarations)
    at_once = [each for each in declarations if each.head.month not in closed and user.may("enter")]
    waiting = [each for each in declarations if each not in at_once]
    _submit(door, user, waiting, closed)
    _approve(door, user, at_once)
    return at_once, waiting


def _submit(door, user, declarations, closed):
    for each in declarations:
        each.four_eyes = each.head.month in closed
        if each.four_eyes and not each.reason:
            raise Refused(
                _("%(month)s is closed: a change needs a reason and the approval of a second person.")
                % {"month": _named(each.head.month)}
            )
        each.state = Declaration.State.SUBMITTED
        each.submitted_by, each.submitted_at = user, door.at
    Declaration.objects.bulk_update(
        declarations, ["four_eyes", "state", "submitted_by", "submitted_at"], batch_size=500
    )


def _approve(door, user, declarations):
    if not declarations:
        return
    now = door.at
    for each in declarations:
        each.state = Declaration.State.APPROVED
        each.submitted_by, each.submitted_at = each.submitted_by or user, each.submitted_at or now
        each.decided_by, each.decided_at = user, now
    fields = ["state", "submitted_by", "submitted_at", "decided_by", "decided_at"]
    Declaration.objects.bulk_update(declarations, fields, batch_size=500)
    ledger.stand(door, [each.head_id for each in declarations], [each.pk for each in declarations])


def waiting_declaration(site, month):
    """Return the submitted declaration of a site's month; Refused when there is none."""
    found = Declaration.objects.filter(head__site=site, head__month=month, state=Declaration.State.SUBMITTED).first()
    if found is None:
        raise Refused(_("No declaration of this month waits for a decision."))
    return found


def approve(door, user, declaration):
    """Accept a submitted declaration: it stands from this version on. Refused as approve_all says."""
    return approve_all(door, user, [declaration])[0]


def approve_all(door, user, declarations):
    """Accept submitted declarations together: all of them stand from this version on, or none.

    Refused when somebody decided meanwhile, without the right to decide, or when a closed month is approved by
    its own submitter or by nobody who may.
    """
    declarations = _submitted(user, declarations)
    standing = ledger.standing_ids([each.head_id for each in declarations])
    if any(standing.get(each.head_id) != each.based_on_id for each in declarations):
        raise Refused(_("What it was based on no longer stands: return it, so that it is sent again."))
    ledger.shared()
    closed = closed_months(each.head.month for each in declarations)
    for each in declarations:
        each.four_eyes = each.four_eyes or each.head.month in closed
        _second_person(user, each)
    Declaration.objects.bulk_update(declarations, ["four_eyes"], batch_size=500)
    _approve(door, user, declarations)
    _decided(declarations)
    telling.decided(door, user, declarations, gettext_noop("What you sent was accepted"))
    return declarations


def _submitted(user, declarations):
    """Lock the months of declarations and read them again. Refused when one of them no longer waits."""
    _may_decide(user)
    ledger.lock_heads({each.head_id for each in declarations})
    fresh = list(
        Declaration.objects.filter(pk__in=[each.pk for each in declarations])
        .select_related("head__site")
        .order_by("head")
    )
    if not fresh or any(each.state != Declaration.State.SUBMITTED for each in fresh):
        raise Refused(_("This declaration no longer waits for a decision."))
    return fresh


def may_decide(user, declaration):
    """Say whether this person may decide about a submitted declaration, as far as it is known without its lock."""
    if not declaration.four_eyes:
        return user.may("enter")
    return user.may("approve") and declaration.submitted_by_id != user.pk


def _second_person(user, declaration):
    if declaration.four_eyes and declaration.submitted_by_id == user.pk:
        raise Refused(_("A closed month is approved by a second person, not by the one who submitted it."))
    if declaration.four_eyes and not user.may("approve"):
        raise Refused(_("A change of a closed month is approved by a manager."))


def _decided(declarations):
    """A submitted file is applied, or returned, once nothing of it waits any more."""
    files = Batch.objects.filter(pk__in={each.batch_id for each in declarations}, state=Batch.State.SUBMITTED)
    files = files.exclude(declarations__state__in=WAITING)
    files.filter(declarations__state=Declaration.State.APPROVED).update(state=Batch.State.APPLIED)
    files.update(state=Batch.State.RETURNED)


def send_back(door, user, declaration, comment):
    """Return a submitted declaration to its author, saying why; a corrected one may then be sent."""
    return send_back_all(door, user, [declaration], comment)[0]


def send_back_all(door, user, declarations, comment):
    """Return submitted declarations to their author with one comment."""
    declarations = _submitted(user, declarations)
    if not comment:
        raise Refused(_("Say what is to be corrected."))
    for each in declarations:
        each.state, each.comment = Declaration.State.RETURNED, comment
        each.decided_by, each.decided_at = user, door.at
    fields = ["state", "comment", "decided_by", "decided_at"]
    Declaration.objects.bulk_update(declarations, fields, batch_size=500)
    _decided(declarations)
    telling.decided(door, user, declarations, gettext_noop("What you sent was returned: to correct"), comment)
    return declarations


def waiting_of(batch, months=None):
    """Return the declarations of a file that wait for a decision, by month; of some months only when these are given."""
    found = Declaration.objects.filter(batch=batch, state=Declaration.State.SUBMITTED).select_related("head__site")
    if months is not None:
        found = found.filter(head__month__in=months)
    return list(found.order_by("head__month", "head__site__code", "pk"))


def _may_decide(user):
    if not user.may("enter"):
        raise Refused(_("Accepting and returning declarations is for admins and managers."))


def roll_back(door, user, declarations):
    """Take back what a file brought: what stood before stands again, under a new version. Nothing is deleted.

    Refused when one of its months is closed, or when one of its declarations no longer stands.
    """
    heads = ledger.lock_heads({each.head_id for each in declarations})
    declarations = list(
        Declaration.objects.filter(pk__in=[each.pk for each in declarations]).select_related("head__site")
    )
    approved = [each for each in declarations if each.state == Declaration.State.APPROVED]
    ledger.shared()
    _may_be_rolled_back(approved)
    previous = _previous(approved)
    _names_no_merged_part(previous)
    if approved:
        ledger.stand(door, [each.head_id for each in approved], previous, Posting.Cause.ROLLBACK)
    for each in declarations:
        each.state = Declaration.State.WITHDRAWN
    Declaration.objects.bulk_update(declarations, ["state"], batch_size=500)
    telling.decided(door, user, declarations, gettext_noop("What you sent was taken back"))
    return heads


def _may_be_rolled_back(approved):
    standing = set(ledger.standing_ids([each.head_id for each in approved]).values())
    overtaken = [each for each in approved if each.pk not in standing]
    closed = closed_months(each.head.month for each in approved)
    reasons = [
        _("%(site)s, %(month)s was declared again since: take that back first.")
        % {"site": each.head.site.code, "month": _named(each.head.month)}
        for each in overtaken
    ]
    reasons += [_("%(month)s is closed: reopen it first.") % {"month": _named(month)} for month in sorted(closed)]
    if reasons:
        raise Refused(*reasons)


def _names_no_merged_part(previous):
    lines = OutputLine.objects.filter(declaration__in=previous, part__merged_into__isnull=False)
    reasons = [
        _("%(site)s, %(month)s: what stood before names a reference that was merged since. Send a corrected file.")
        % {"site": site, "month": _named(month)}
        for site, month in lines.order_by("month", "site__code").values_list("site__code", "month").distinct()
    ]
    if reasons:
        raise Refused(*reasons)


def _previous(declarations):
    """Return the declarations that stood when these first came to stand: what lies under each of them."""
    standings = Standing.objects.filter(declaration__in=declarations).order_by()
    began = dict(standings.values_list("head_id").annotate(first=Min("from_v")))
    ended = Standing.objects.filter(head__in=began, to_v__isnull=False).values_list("head_id", "to_v", "declaration_id")
    return [declaration for head, to_v, declaration in ended if began[head] == to_v]
