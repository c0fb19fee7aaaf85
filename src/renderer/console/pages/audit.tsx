import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { AuditPage as Shown } from '#contract/console-api.ts';
import { assertNever } from '#domain/result.ts';
import { useConsole, useText, useView } from '../context.ts';
import { moment } from '../frame/moments.ts';
import { Pager } from '../frame/pager.tsx';
import { Panel } from '../frame/panel.tsx';
import { Pill } from '../frame/pill.tsx';
import type { Tone } from '../frame/tones.ts';

const TONES: Readonly<Record<Shown['rows'][number]['severity'], Tone>> = {
  info: 'plain',
  notice: 'plain',
  warning: 'amber',
  alarm: 'cinnabar',
};

/** What the terminal and its people have done, newest first, as the chain holds it. */
export function AuditPage(): JSX.Element {
  const t = useText();
  const { language } = useConsole();
  const [starts, setStarts] = useState<readonly number[]>([]);
  const [type, setType] = useState('');
  const page = useView('audit', { before: starts.at(-1) ?? null, type: type === '' ? null : type });
  return (
    <Panel
      name="audit"
      title={t('nav.audit')}
      wide
      state={page === null ? null : <ChainPill chain={page.chain} length={page.length} />}
    >
      <div class="field field--row">
        <label for="audit-type">{t('audit.type')}</label>
        <select
          id="audit-type"
          value={type}
          onChange={(event) => {
            setType(event.currentTarget.value);
            setStarts([]);
          }}
        >
          <option value="">{t('audit.every')}</option>
          {(page?.types ?? []).map((each) => (
            <option key={each.type} value={each.type}>
              {each.id} {each.type}
            </option>
          ))}
        </select>
      </div>
      {page === null ? null : page.rows.length === 0 ? (
        <p class="empty">{t('audit.empty')}</p>
      ) : (
        <div class="table-frame">
          <table class="table">
            <thead>
              <tr>
                <th scope="col">{t('audit.number')}</th>
                <th scope="col">{t('audit.at')}</th>
                <th scope="col">{t('audit.event')}</th>
                <th scope="col">{t('audit.fields')}</th>
              </tr>
            </thead>
            <tbody>
              {page.rows.map((row) => (
                <tr key={row.sequence} data-type={row.type}>
                  <td class="mono">{row.sequence}</td>
                  <td class="mono">{moment(row.at)}</td>
                  <td>
                    {row.meaning[language]}
                    <span class="table__note">
                      <Pill tone={TONES[row.severity]}>{t(`severity.${row.severity}`)}</Pill>
                      <span class="mono">
                        {row.id} {row.type}
                      </span>
                    </span>
                  </td>
                  <td class="mono table__fields">
                    {row.fields.map(([name, value]) => (
                      <span key={name}>
                        {name}={String(value)}
                      </span>
                    ))}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <Pager starts={starts} next={page?.next ?? null} onStarts={setStarts} />
    </Panel>
  );
}

function ChainPill(props: { readonly chain: Shown['chain']; readonly length: number }): JSX.Element {
  const t = useText();
  const { chain, length } = props;
  switch (chain.kind) {
    case 'whole':
      return (
        <Pill tone="jade" name="chain">
          {t('chain.whole', { count: chain.checked, signed: chain.checkpoints })}
        </Pill>
      );
    case 'checking':
      return (
        <Pill tone="plain" name="chain">
          {t('chain.checking', { count: chain.checked, of: length })}
        </Pill>
      );
    case 'broken':
      return (
        <Pill tone="cinnabar" name="chain">
          {t('chain.broken', { sequence: chain.sequence, reason: chain.reason })}
        </Pill>
      );
    default:
      return assertNever(chain);
  }
}
