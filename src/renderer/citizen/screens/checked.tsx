import type { JSX } from 'preact';
import type { EidVerdict } from '#domain/eid/eid-verdict.ts';
import { readingGroups } from '#domain/enrolment/reading-groups.ts';
import { assertNever } from '#domain/result.ts';
import type { CheckedEid } from '#domain/session/snapshot.ts';
import { formatDay, formatMoment } from '#i18n/dates.ts';
import { Icon } from '#ui/icons/icon.tsx';
import type { IconName } from '#ui/icons/icon-shapes.tsx';
import { QrCode } from '#ui/qr-code/qr-code.tsx';
import { useCitizen, useText } from '../context.ts';
import { ActButton } from '../frame/act-button.tsx';
import { Facts } from '../frame/facts.tsx';
import { Page } from '../frame/page.tsx';

/** What can be said of an e-ID that was shown, and whether the phone it is bound to is here. */
export function CheckedScreen(props: { readonly check: CheckedEid }): JSX.Element {
  const t = useText();
  const { check } = props;
  const { verdict } = check;
  const advice = adviceOn(check);
  return (
    <Page
      class="page--checked"
      title={t('checked.title')}
      actions={
        <>
          <ActButton event={{ type: 'continue' }} look="secondary">
            {t('checked.again')}
          </ActButton>
          <ActButton event={{ type: 'finish' }} look="primary">
            {t('status.finish')}
          </ActButton>
        </>
      }
    >
      <VerdictPanel verdict={verdict} doubted={isDoubted(check)} />
      {/* In portrait these stand one below the other with the panel, on a wide display in a column of their own. */}
      <div class="checked__side">
        {check.eid === null ? null : <EidFacts eid={check.eid} asOf={check.statusAsOf} />}
        {advice === null ? null : (
          <p class="aside" data-advice={advice}>
            {t(`checked.advice.${advice}`)}
          </p>
        )}
        {verdict.result === 'not-valid' || check.eid === null ? null : <Holder check={check} />}
      </div>
    </Page>
  );
}

/** The e-ID is valid, but the phone that answered is not its holder's. */
function isDoubted({ verdict, holder }: CheckedEid): boolean {
  return verdict.result === 'valid' && holder === 'other-phone';
}

/** What to do where "valid" is not the whole answer. */
function adviceOn(check: CheckedEid): 'not-valid' | 'cannot-tell' | 'other-phone' | null {
  if (check.verdict.result !== 'valid') return check.verdict.result;
  return isDoubted(check) ? 'other-phone' : null;
}

/** How the panel looks: a green "valid" would be believed, over an e-ID that counts for nothing as in the wrong hands. */
function lookOf(verdict: EidVerdict, doubted: boolean): EidVerdict['result'] | 'in-doubt' | 'simulated' {
  if (verdict.result !== 'valid') return verdict.result;
  if (verdict.simulated) return 'simulated';
  return doubted ? 'in-doubt' : 'valid';
}

const SIGNS = {
  valid: 'check',
  'in-doubt': 'alert',
  simulated: 'check',
  'not-valid': 'close',
  'cannot-tell': 'help',
} as const satisfies Record<ReturnType<typeof lookOf>, IconName>;

function VerdictPanel(props: { readonly verdict: EidVerdict; readonly doubted: boolean }): JSX.Element {
  const t = useText();
  const { verdict } = props;
  const look = lookOf(verdict, props.doubted);
  return (
    <section class={`verdict verdict--${look}`} role="status" data-verdict={verdict.result}>
      <span class="verdict__sign">
        <Icon name={SIGNS[look]} />
      </span>
      <div>
        <p class="verdict__word">
          {look === 'in-doubt' ? t('checked.valid.in-doubt') : verdictWord(verdict, t)}
        </p>
        <p class="verdict__reason">{verdictReason(verdict, t)}</p>
      </div>
      {isSimulated(verdict) ? <p class="verdict__simulated">{t('checked.simulated')}</p> : null}
    </section>
  );
}

type Text = ReturnType<typeof useText>;

function verdictWord(verdict: EidVerdict, t: Text): string {
  if (verdict.result !== 'valid') return t(`checked.${verdict.result}`);
  return verdict.simulated ? t('checked.passed-simulated') : t(`checked.valid.${verdict.grade}`);
}

function verdictReason(verdict: EidVerdict, t: Text): string {
  switch (verdict.result) {
    case 'valid':
      return t(`checked.meaning.${verdict.grade}`);
    case 'not-valid':
      return t(`checked.fault.${verdict.because}`);
    case 'cannot-tell':
      return t(`checked.doubt.${verdict.because}`);
    default:
      return assertNever(verdict);
  }
}

function isSimulated(verdict: EidVerdict): boolean {
  return verdict.result === 'valid'
    ? verdict.simulated
    : verdict.result === 'not-valid' && verdict.because === 'simulated';
}

function EidFacts(props: {
  readonly eid: NonNullable<CheckedEid['eid']>;
  readonly asOf: number | null;
}): JSX.Element {
  const t = useText();
  const { language } = useCitizen();
  const { eid, asOf } = props;
  return (
    <section class={`checked__eid sheet checked__eid--${eid.grade}`} aria-label={t('eid.label')}>
      <Facts
        narrow
        facts={[
          [t('eid.name'), eid.maskedName],
          [t('checked.grade'), t(`eid.grade.${eid.grade}`)],
          [t('eid.issued'), formatDay(language, eid.issuedAt)],
          [t('eid.expires'), formatDay(language, eid.expiresAt)],
          [t('eid.subject'), readingGroups(eid.subject).join(' '), 'digits'],
          [t('checked.list'), asOf === null ? t('checked.list-none') : formatMoment(language, asOf)],
        ]}
      />
    </section>
  );
}

/** "Valid" says nothing of who shows it: that takes the phone's answer. */
function Holder(props: { readonly check: CheckedEid }): JSX.Element {
  const t = useText();
  const { holder, challenge } = props.check;
  const asks = challenge !== null && holder !== 'same-holder';
  return (
    <section
      class={`holder holder--${holder} sheet${asks ? ' holder--asks' : ''}`}
      role="status"
      data-holder={holder}
    >
      {asks ? (
        <div class="holder__code" data-challenge={challenge}>
          <QrCode text={challenge} label={t('holder.challenge')} class="holder__qr" />
        </div>
      ) : (
        <span class="holder__sign">
          <Icon name={holder === 'same-holder' ? 'check' : holder === 'other-phone' ? 'close' : 'person'} />
        </span>
      )}
      <div class="holder__words">
        <h2 class="section-title">{t(`holder.${holder}.title`)}</h2>
        {asks ? (
          <ol class="holder__steps">
            <li>{t('holder.step-scan')}</li>
            <li>{t('holder.step-show')}</li>
          </ol>
        ) : (
          <p>{t(`holder.${holder}.text`)}</p>
        )}
      </div>
    </section>
  );
}
