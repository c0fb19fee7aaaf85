import type { StationSettings } from '#contract/settings.ts';
import type { EnrolmentContents } from '#station/ports.ts';
import { sampleEnrolment } from '../../../protocol/sample.ts';

export function settingsFor(folder: string, changes: Partial<StationSettings> = {}): StationSettings {
  return {
    mode: 'demo',
    stationName: 'Hall 3, terminal 7',
    registryUrl: 'https://127.0.0.1:1',
    dataFolder: folder,
    devices: [],
    camera: { source: 'simulated' },
    liveness: { flash: false, depth: true, texture: true },
    offlineLimits: { days: 10, warnDays: 2, packets: 10_000, freeMegabytes: 256 },
    openingLanguage: 'zh-CN',
    retentionDays: 7,
    idle: { warnAfterMs: 120_000, resetAfterMs: 30_000 },
    decisionWaitMs: 8_000,
    portraitDecoder: null,
    ...changes,
  };
}

/** What a session hands over; pictures of about `jpegBytes` each. */
export function contents(jpegBytes = 2_000): EnrolmentContents {
  const enrolment = sampleEnrolment({ frames: 10, jpegBytes });
  const {
    schema: _schema,
    packetId: _packetId,
    stationId: _stationId,
    installation: _installation,
    sealingKid: _sealingKid,
    createdAt: _createdAt,
    clockTrust: _clockTrust,
    software: _software,
    ...rest
  } = enrolment;
  return rest;
}
