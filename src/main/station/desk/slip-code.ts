import type { Application } from '#domain/enrolment/application.ts';
import { encodeSlipCode, signSlipStatement } from '#protocol/slip-statement.ts';
import type { SavingStation, StoredPacket } from '#station/queue/save-enrolment.ts';

/** `EIDS1:` text: the station's word, for the slip, that it holds this packet. */
export function slipCodeOf(saved: {
  readonly packet: StoredPacket;
  readonly station: Pick<SavingStation, 'stationId' | 'installation' | 'signer'>;
  readonly application: Application;
  readonly simulated: boolean;
}): string {
  const { packet, station, application, simulated } = saved;
  const { packetId, envelopeSha256, sequence, createdAt, clockTrust } = packet;
  const { stationId, installation, signer } = station;
  const statement = {
    stationId,
    installation,
    packetId,
    envelopeSha256,
    sequence,
    application,
    createdAt,
    clockTrust,
    simulated,
  };
  return encodeSlipCode(signSlipStatement({ statement, signer }));
}
