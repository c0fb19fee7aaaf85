import { expect } from 'vitest';
import { REGISTRY_CONTENT_TYPES, REGISTRY_LIMITS, REGISTRY_PATHS } from '#contract/registry-api.ts';
import type { OperationMode } from '#contract/settings.ts';
import { decodeEidCode, type EidClaims, openEid } from '#protocol/eid-token.ts';
import { openStatusList, type StatusList, statusAt } from '#protocol/status-list.ts';
import { startTestRegistry, type TestRegistry } from './registry-fixture.ts';
import { decisionIn, packetDecisionIn } from './statements.ts';
import { type Packet, provisionStation, send, type TestStation } from './test-station.ts';

/** A registry and one station that it provisioned. */
export interface Hall {
  readonly registry: TestRegistry;
  readonly station: TestStation;
}

export async function hall(mode: OperationMode = 'demo'): Promise<Hall> {
  const registry = await startTestRegistry({ mode });
  return { registry, station: await newStation(registry, 'hall-1') };
}

export async function newStation({ running, clock }: TestRegistry, name: string): Promise<TestStation> {
  return provisionStation({ url: running.url, code: await running.newProvisioningCode(name), clock });
}

/** Delivers and waits for the decision, as a station does while the citizen stands there. */
export async function decide(station: TestStation, packet: Packet) {
  await station.upload(packet);
  const answer = await station.call({ path: REGISTRY_PATHS.packetDecision(packet.packetId, 10_000) });
  expect(answer.proven).toBe(true);
  const { decision, eid } = packetDecisionIn(answer);
  if (decision === null) throw new Error('no decision came');
  return { decision: decisionIn(station, decision), eid };
}

/** One packet of this station from the citizen to the decision. */
export async function apply({ station }: Hall, told: Parameters<TestStation['packet']>[0]) {
  return decide(station, await station.packet(told));
}

export async function claimsOf(station: TestStation, code: string | null): Promise<EidClaims> {
  if (code === null) throw new Error('no e-ID came');
  const octets = await decodeEidCode(code);
  if (!octets.ok) throw new Error(octets.error);
  const claims = openEid({ octets: octets.value, findVerifier: station.verifierOf('issuer') });
  if (!claims.ok) throw new Error(claims.error.reason);
  return claims.value;
}

/** An open call, as anybody makes it. */
export function fetchOpen({ registry }: Hall, path: string, headers: Readonly<Record<string, string>> = {}) {
  return send({ url: new URL(path, registry.running.url), method: 'GET', headers, authority: null });
}

export async function statusListOf(place: Hall, block = 0): Promise<StatusList> {
  const answer = await fetchOpen(place, REGISTRY_PATHS.statusList(block));
  expect(answer).toMatchObject({ status: 200, contentType: REGISTRY_CONTENT_TYPES.statusList });
  expect(answer.body.length).toBeLessThan(REGISTRY_LIMITS.answerBytes);
  const findVerifier = place.station.verifierOf('issuer');
  const opened = await openStatusList({ octets: answer.body, findVerifier });
  if (!opened.ok) throw new Error(opened.error.reason);
  return opened.value;
}

/** What the status list of this moment says of an e-ID. */
export async function statusOf(place: Hall, { statusIndex }: EidClaims) {
  return statusAt(await statusListOf(place, Math.floor(statusIndex / 2 ** 20)), statusIndex);
}
