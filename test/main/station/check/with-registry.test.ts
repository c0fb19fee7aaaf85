import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { TrustAnswerSchema } from '#contract/registry-api.ts';
import { makeReferencePhone } from '#phone/reference-phone.ts';
import { decodeBody } from '#protocol/http-body.ts';
import type { RunningRegistry } from '#registry/start-registry.ts';
import { httpsTransport } from '#station/sync/https-transport.ts';
import { runCheck } from '../../../../tools/check/run-check.ts';
import { apply, hall } from '../../../registry/hall.ts';
import { PEOPLE } from '../../../registry/people.ts';
import { temporaryFolder } from '../../../temporary-folder.ts';
import { eventually, provisioned, runningRegistry, saved, station } from '../desk/station-lab.ts';
import { random } from './check-lab.ts';

/** The registry's root key, as an operator makes it known. */
async function rootOf(registry: RunningRegistry): Promise<string> {
  const transport = httpsTransport({ trust: { kind: 'anyone' } });
  const url = new URL('/v1/trust', registry.url);
  const limits = { deadlineMs: 10_000, largestAnswer: 1_000_000 };
  const answer = await transport.send({ method: 'GET', url, headers: {}, body: null, ...limits });
  transport.close();
  if (!answer.ok) throw new Error(answer.error.reason);
  const trust = decodeBody(answer.value.body, TrustAnswerSchema, 1_000_000);
  if (!trust.ok) throw new Error(trust.error.reason);
  return Buffer.from(trust.value.rootPublicKey).toString('hex');
}

test('a slip is asked about at the next terminal, and checked by the publication of its registry', async () => {
  const registry = await runningRegistry();
  const [here, there] = [await station(), await station()];
  await provisioned(here, registry);
  await provisioned(there, registry);
  const { packetId, slipStatement } = saved(here);
  const ask = async (target: typeof here) => {
    const status = await target.desk.checkDesk.slipStatus(slipStatement);
    if (!status.ok) throw new Error(status.error);
    return status.value;
  };
  there.desk.start();
  expect(await ask(here)).toMatchObject({ packetId, state: 'waiting-here' });
  expect(await ask(there)).toMatchObject({ packetId, state: 'not-arrived', application: 'full' });
  here.desk.start();
  await eventually('delivered', () => here.desk.queueRows({ limit: 1 })[0]?.delivery === 'acknowledged');
  const told = await ask(there);
  expect(['held', 'referred', 'rejected', 'issued']).toContain(told.state);

  const root = await rootOf(registry);
  const kept = join(temporaryFolder(), 'publication.cbor');
  const run = (code: string, ...options: string[]) =>
    runCheck({ arguments: [code, ...options], environment: {}, now: Date.now() });
  const online = ['--publication', registry.url, '--root', root, '--keep', kept];
  const found = await run(slipStatement, ...online);
  expect(found.text).toMatch(/^VALID: slip /);
  expect(found.exitCode).toBe(0);
  expect(found.complaint).toBeNull();
  // What cannot be kept is said, and changes nothing about the verdict.
  const unkept = await run(slipStatement, ...online.slice(0, -1), join(kept, 'no', 'such', 'folder'));
  expect(unkept).toEqual({ ...found, complaint: expect.stringContaining('was not kept') });
  await registry.close();
  // Without a network, by the file that was kept.
  expect(await run(slipStatement, '--publication', kept)).toEqual(found);
  expect(await run(slipStatement, ...online)).toMatchObject({ exitCode: 2 });
  const elsewhere = saved(await installedElsewhere());
  expect(await run(elsewhere.slipStatement, '--publication', kept)).toMatchObject({ exitCode: 1 });
});

test('an e-ID is valid at every terminal with its phone, until it is reported lost', async () => {
  const place = await hall();
  const { running, clock } = place.registry;
  const phone = makeReferencePhone({ seed: random(32), now: clock.now });
  const bound = { publicKey: phone.publicKey, codeId: random(16), phoneTime: 0 };
  const told = { person: PEOPLE.lin, application: 'basic' } as const;
  const { eid } = await apply(place, { ...told, edit: (enrolment) => ({ ...enrolment, phone: bound }) });
  expect(await phone.keep(eid ?? '')).toMatchObject({ ok: true });

  const target = await station();
  await provisioned(target, running);
  target.desk.start();
  const check = async () => {
    const checked = await target.desk.checkDesk.checkEid(eid ?? '');
    if (!checked.ok) throw new Error(checked.error);
    return checked.value;
  };
  await eventually('the time is proven', async () => {
    const { verdict } = await check();
    return verdict.result !== 'cannot-tell';
  });
  const found = await check();
  expect(found).toMatchObject({ verdict: { result: 'valid', grade: 'basic' }, holder: 'not-shown' });
  const answer = phone.answer(found.challenge ?? '');
  if (!answer.ok) throw new Error(answer.error);
  const proven = await target.desk.checkDesk.checkAnswer(answer.value);
  expect(proven).toMatchObject({ ok: true, value: { holder: 'same-holder' } });

  const root = await rootOf(running);
  const run = () =>
    runCheck({
      arguments: [eid ?? '', '--publication', running.url, '--root', root],
      environment: {},
      now: clock.now(),
    });
  expect(await run()).toMatchObject({ exitCode: 0 });

  const lost = await apply(place, { person: PEOPLE.lin, application: 'report-lost' });
  expect(lost.decision.outcome).toBe('revoked');
  await eventually('the terminal knows', async () => {
    const { verdict } = await check();
    return verdict.result === 'not-valid' && verdict.because === 'revoked';
  });
  expect(await run()).toMatchObject({ exitCode: 1, text: 'NOT VALID: the e-ID was revoked.' });
});

/** A terminal of another registry. */
async function installedElsewhere() {
  const other = await runningRegistry();
  const target = await station();
  await provisioned(target, other);
  return target;
}

test('a registry that is not of the root that was named is not asked for more', async () => {
  const registry = await runningRegistry();
  const code = saved(await installedElsewhere()).slipStatement;
  const picture = join(temporaryFolder(), 'slip.txt');
  writeFileSync(picture, code);
  const options = ['--publication', registry.url, '--root', '0'.repeat(64)];
  const found = await runCheck({ arguments: [picture, ...options], environment: {}, now: Date.now() });
  expect(found.text).toBe('CANNOT TELL: the server is not the registry of the root that --root names.');
  expect(found.exitCode).toBe(2);
});
