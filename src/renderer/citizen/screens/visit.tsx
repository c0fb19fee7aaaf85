import type { JSX } from 'preact';
import type { Visit } from '#domain/session/snapshot.ts';
import { planOf } from '#domain/session/visits.ts';
import { Icon } from '#ui/icons/icon.tsx';
import type { IconName } from '#ui/icons/icon-shapes.tsx';
import { useCitizen, useText } from '../context.ts';
import { Page } from '../frame/page.tsx';
import { CardSketch } from '../illustrations/card-sketch.tsx';

const GRADES = ['full', 'basic'] as const satisfies readonly Visit[];
const OTHERS = [
  ['upgrade', 'upgrade'],
  ['report-lost', 'block'],
  ['status', 'search'],
  ['check', 'shield'],
] as const satisfies readonly (readonly [Visit, IconName])[];
const NEED_ICONS = { full: 'card', basic: 'person' } as const satisfies Record<
  (typeof GRADES)[number],
  IconName
>;

/** What somebody can come for: the two grades first, then what concerns an e-ID that exists. */
export function VisitScreen(props: { readonly unavailable: readonly Visit[] }): JSX.Element {
  const t = useText();
  const off = (visit: Visit) => props.unavailable.includes(visit);
  return (
    <Page class="page--visit" title={t('visit.title')} lead={t('visit.free')}>
      <section class="visit__grades" aria-label={t('visit.grades')}>
        {GRADES.map((grade) => (
          <Tile key={grade} visit={grade} off={off(grade)} class="tile tile--grade">
            <CardSketch grade={grade} />
            <span class="tile__words">
              <span class="tile__name">{t(`visit.${grade}.name`)}</span>
              {off(grade) ? (
                <OffReason visit={grade} />
              ) : (
                <>
                  <Line icon={NEED_ICONS[grade]} text={t(`visit.${grade}.need`)} />
                  <Line icon="clock" text={t(`visit.${grade}.time`)} />
                  <Line icon="check" text={t(`visit.${grade}.worth`)} />
                </>
              )}
            </span>
          </Tile>
        ))}
      </section>
      <section class="visit__others" aria-label={t('visit.others')}>
        <h2 class="section-title">{t('visit.others')}</h2>
        <div class="visit__grid">
          {OTHERS.map(([visit, icon]) => (
            <Tile key={visit} visit={visit} off={off(visit)} class="tile tile--other">
              <span class="tile__icon">
                <Icon name={icon} />
              </span>
              <span class="tile__words">
                <span class="tile__name">{t(`visit.${visit}.name`)}</span>
                {off(visit) ? (
                  <OffReason visit={visit} />
                ) : (
                  <span class="tile__note">{t(`visit.${visit}.note`)}</span>
                )}
              </span>
            </Tile>
          ))}
        </div>
      </section>
    </Page>
  );
}

/** What cannot be done just now keeps its place, says why, and takes no focus. */
function Tile(props: {
  readonly visit: Visit;
  readonly off: boolean;
  readonly class: string;
  readonly children: JSX.Element | readonly JSX.Element[];
}): JSX.Element {
  const { station, settling } = useCitizen();
  const { visit, off } = props;
  return (
    <button
      type="button"
      class={off ? `${props.class} tile--off` : props.class}
      data-event="choose-visit"
      data-visit={visit}
      disabled={off || settling}
      onClick={() => station.act({ type: 'choose-visit', visit })}
    >
      {props.children}
    </button>
  );
}

/** What it takes, how long, what it is worth: a line for each. */
function Line(props: { readonly icon: IconName; readonly text: string }): JSX.Element {
  return (
    <span class="tile__line">
      <Icon name={props.icon} />
      <span>{props.text}</span>
    </span>
  );
}

function OffReason(props: { readonly visit: Visit }): JSX.Element {
  const t = useText();
  const { needs } = planOf(props.visit);
  return (
    <span class="tile__line tile__line--off">
      <Icon name="alert" />
      <span>{t(`visit.off.${needs ?? 'other'}`)}</span>
    </span>
  );
}
