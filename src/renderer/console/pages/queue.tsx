import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { RecordView } from '#contract/console-api.ts';
import { useConsole, useText, useView } from '../context.ts';
import { countdown, moment, size } from '../frame/moments.ts';
import { Pager } from '../frame/pager.tsx';
import { Panel } from '../frame/panel.tsx';
import { Pill } from '../frame/pill.tsx';
import { deliveryTone } from '../frame/tones.ts';
import { useTrouble } from './state-panels.tsx';

const DECISIONS = ['none', 'referred', 'issued', 'revoked', 'rejected'] as const;

/** Every record and where it stands. Numbers, times and sizes only: the contents are sealed. */
export function QueuePage(): JSX.Element {
  const t = useText();
  const [starts, setStarts] = useState<readonly number[]>([]);
  const page = useView('queue', { before: starts.at(-1) ?? null });
  return (
    <Panel name="queue" title={t('nav.queue')} wide>
      <p class="panel__text">{t('queue.lead')}</p>
      {page === null ? null : page.records.length === 0 ? (
        <p class="empty">{t('queue.empty')}</p>
      ) : (
        <div class="table-frame">
          <table class="table">
            <thead>
              <tr>
                <th scope="col">{t('queue.record')}</th>
                <th scope="col">{t('queue.delivery')}</th>
                <th scope="col">{t('queue.decision')}</th>
                <th scope="col">{t('queue.body')}</th>
                <th scope="col">{t('queue.exported')}</th>
                <th scope="col">{t('queue.why')}</th>
              </tr>
            </thead>
            <tbody>
              {page.records.map((record) => (
                <Row key={record.packetId} record={record} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      <Pager starts={starts} next={page?.next ?? null} onStarts={setStarts} />
    </Panel>
  );
}

function Row({ record }: { readonly record: RecordView }): JSX.Element {
  const t = useText();
  const { language } = useConsole();
  const decision = DECISIONS.find((known) => known === record.decision);
  return (
    <tr data-packet={record.packetId} data-delivery={record.delivery} data-why={record.why.kind}>
      <td>
        <span class="mono table__id">{record.packetId}</span>
        <span class="table__note">
          {t('queue.place', { installation: record.installation, sequence: record.sequence })}
          {' · '}
          {moment(record.createdAt)}
          {' · '}
          {size(language, record.sealedSize)}
        </span>
      </td>
      <td>
        <Pill tone={deliveryTone(record.delivery)}>{t(`delivery.${record.delivery}`)}</Pill>
        {record.acknowledgedAt === null ? null : (
          <span class="table__note">{moment(record.acknowledgedAt)}</span>
        )}
      </td>
      <td>
        {decision === undefined ? record.decision : t(`decision.${decision}`)}
        {record.decisionReason === null ? null : (
          <span class="table__note mono">{record.decisionReason}</span>
        )}
      </td>
      <td>{t(`body.${record.body}`)}</td>
      <td>{record.exportedAt === null ? t('queue.not-exported') : moment(record.exportedAt)}</td>
      <td>
        <Why why={record.why} />
      </td>
    </tr>
  );
}

function Why({ why }: { readonly why: RecordView['why'] }): JSX.Element {
  const t = useText();
  const trouble = useTrouble();
  switch (why.kind) {
    case 'resting':
      return (
        <>
          {t('why.resting', { what: trouble(why.reason), tries: why.tries })}
          <span class="table__note">{t('why.next-try', { time: countdown(why.nextTryInMs) })}</span>
        </>
      );
    case 'refused':
    case 'faulty':
      return (
        <>
          {t(`why.${why.kind}`)}
          <span class="table__note mono">{why.reason}</span>
        </>
      );
    default:
      return <>{t(`why.${why.kind}`)}</>;
  }
}
