import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ORDERS, replayedTogether } from '../replay/drawn-plans.ts';
import type { Species } from '../species/species.ts';
import type { BarResult } from './bars.ts';
import { cell, element, html, type Markup, table } from './markup.ts';
import { apcer, bpcer, bpcerRefused, type Rates } from './rates.ts';
import type { AttackResults, SpeciesResult } from './results.ts';
import { CLAIM, percent, seconds } from './wording.ts';

const TOKENS = resolve(import.meta.dirname, '../../../src/ui/theme/tokens.css');
const STYLE = resolve(import.meta.dirname, 'page.css');

const CLAIM_ZH =
  '以上数字来自渲染场景的回归测试：生成的头像、绘制的纸张和屏幕。它们只说明终端仍能做到以前能做到的事，不是 ISO/IEC 30107-3 测试，也不代表真实攻击者或真实用户的通过率。';

/** One page that needs nothing beside it: pictures and styles are inside. */
export function reportPage(told: {
  readonly results: AttackResults;
  readonly bars: readonly BarResult[];
  /** Folder with one picture for each species. */
  readonly thumbnails: string;
}): string {
  const { results, bars, thumbnails } = told;
  const shown = results.species.reduce((sum, { rates }) => sum + rates.presentations, 0);
  const body = [
    html`<header>
      <p class="kicker">呈现攻击回归报告 · Presentation attacks, regression</p>
      <h1>${headline(bars)}</h1>
      <p class="lead">${shown} attacks of ${results.species.length} species and ${
        results.live?.all.presentations ?? 0
      } living people, shown to the terminal's own reader, conductor and judge.</p>
      <p class="claim">${CLAIM}</p>
      <p class="claim" lang="zh-CN">${CLAIM_ZH}</p>
    </header>`,
    section('Bars · 指标', barList(bars)),
    section(
      'Attacks · 攻击',
      element(
        'div',
        'cards',
        results.species.map((each) => card(each, thumbnails)),
      ),
    ),
    ...(results.live === null ? [] : [section('Living people · 真人', livePart(results, thumbnails))]),
    ...(results.replayed.length === 0
      ? []
      : [section('Replay against drawn plans · 回放对抽取的计划', replayTable(results))]),
    ...recordNotes(results),
  ];
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Presentation attacks</title>
<style>
${readFileSync(TOKENS, 'utf8')}
${readFileSync(STYLE, 'utf8')}
</style>
<main>
${body.map(({ markup }) => markup).join('\n')}
</main>
</html>
`;
}

function headline(bars: readonly BarResult[]): string {
  const of = (wanted: BarResult['outcome']) => bars.filter(({ outcome }) => outcome === wanted).length;
  const missed = of('missed');
  const open = of('not-measured');
  if (missed > 0) return `${missed} of ${bars.length} bars missed`;
  return open === 0 ? 'Every bar is kept' : `${of('met')} bars kept, ${open} not run`;
}

function section(title: string, content: Markup): Markup {
  return html`<section><h2>${title}</h2>${content}</section>`;
}

const OUTCOMES = { met: 'kept', missed: 'missed', 'not-measured': 'not run' } as const;

function barList(bars: readonly BarResult[]): Markup {
  return element(
    'ul',
    'bars',
    bars.map(
      ({ outcome, sentence, found }) =>
        html`<li class="${outcome}"><b class="${outcome}-word">${OUTCOMES[outcome]}</b><span>${sentence}</span><i>${found}</i></li>`,
    ),
  );
}

function card({ species, rates }: SpeciesResult, thumbnails: string): Markup {
  const passed = apcer(rates);
  const state = passed.count > 0 ? 'passed' : rates.referred > 0 ? 'referred' : 'stopped';
  return html`<article class="${state}">
    ${picture(species.id, thumbnails)}
    <h3><span lang="zh-CN">${species.name.zh}</span>${species.name.en}</h3>
    <p class="figures"><b class="count">${rates.live}</b> of ${rates.presentations} passed${
      rates.referred > 0 ? `, ${rates.referred} referred` : ''
    }</p>
    <p class="bound">APCER ${percent(passed.share)}, at most ${percent(passed.bound)} at 95 %</p>
    ${reasons(rates)}
    <dl><dt>Has</dt><dd>${species.has}</dd><dt>Stopped by</dt><dd>${species.stops}</dd></dl>
  </article>`;
}

function picture(id: Species['id'], thumbnails: string): Markup {
  const file = join(thumbnails, `${id}.jpg`);
  if (!existsSync(file)) return html`<div class="none">no picture yet</div>`;
  const source = `data:image/jpeg;base64,${readFileSync(file).toString('base64')}`;
  return html`<img alt="${id}" src="${source}">`;
}

function reasons(rates: Rates): Markup {
  return element(
    'ul',
    'reasons',
    rates.reasons.map(
      ({ reason, result, count }) => html`<li class="reason ${result}">${count} ${reason}</li>`,
    ),
  );
}

function livePart({ live }: AttackResults, thumbnails: string): Markup {
  if (live === null) return html``;
  const row = (name: string, rates: Rates): readonly Markup[] => [
    cell(name),
    ...[String(rates.presentations), String(rates.live), String(rates.referred)].map(cell),
    ...[percent(bpcer(rates).share), percent(bpcer(rates).bound), percent(bpcerRefused(rates).share)].map(
      cell,
    ),
    cell(seconds(rates.medianTook)),
    reasons(rates),
  ];
  const head = ['', 'shown', 'passed', 'referred', 'BPCER', '95 %', 'refused', 'median', 'reasons'];
  return html`<div class="live">${picture('live', thumbnails)}<div>${table(head, [
    row('where no hint asks for better', live.wellPlaced),
    row('all', live.all),
  ])}</div></div>
  <h3>Light and distance · 光线与距离</h3>${table(
    head,
    live.byPlace.map(({ place, rates }) => row(place, rates)),
  )}
  <h3>Habits · 习惯</h3>${table(
    head,
    live.byHabit.map(({ habit, rates }) => row(habit, rates)),
  )}`;
}

function replayTable({ replayed }: AttackResults): Markup {
  const all = replayedTogether(
    'all',
    replayed.map((each) => each.all),
  );
  const chance = 1 / ORDERS;
  const rows = [
    ...replayed.map((each) => ({ name: each.species.name.en, of: each.all })),
    { name: 'all together', of: all },
  ].map(({ name, of }) => [
    cell(name),
    cell(String(of.tries)),
    cell(percent(of.live / of.tries)),
    cell(percent((of.live + of.referred) / of.tries)),
    cell(String(of.sessions)),
    cell(percent(of.sessionsLive / of.sessions)),
    cell(percent(of.sessionsNotStopped / of.sessions)),
  ]);
  const head = ['', 'tries', 'live', 'or referred', 'sessions of two', 'live', 'or referred'];
  return html`${table(head, rows)}<p class="bound">A fixed order of three movements is asked once in ${ORDERS} plans:
    ${(100 * chance).toFixed(2)} % of tries, ${(100 * (1 - (1 - chance) ** 2)).toFixed(2)} % of sessions.</p>`;
}

function recordNotes({ missing, outdated }: AttackResults): readonly Markup[] {
  return [
    ...(missing.length === 0 ? [] : [section('Not shown yet', html`<p>${missing.join(', ')}</p>`)]),
    ...(outdated.length === 0
      ? []
      : [section('Shown with other scenes, readers or heads', html`<p>${outdated.join(', ')}</p>`)]),
  ];
}
