import { encodeSlipCode, type SlipStatement, signSlipStatement } from '#protocol/slip-statement.ts';
import type { AuditEvent } from '#station/audit/audit-events.ts';
import { auditedChecks } from '#station/check/audited-checks.ts';
import { checkLab, stranger } from '../../check/check-lab.ts';
import type { Scene } from './scene.ts';

export const CHECK_SCENES: readonly Scene[] = [
  {
    when: 'a genuine e-ID, a forged one, a wrong answer and a forged slip are held to the scanner',
    leaves: ['check.eid-checked', 'check.holder-answered', 'check.slip-checked'],
    async play() {
      const { target, eid } = await checkLab();
      const seen: AuditEvent[] = [];
      const checks = auditedChecks(target.desk.checkDesk, { record: (event) => seen.push(event) });
      await checks.checkEid(await eid());
      await checks.checkAnswer('EIDA1:0000');
      await checks.checkEid(await eid({}, stranger));
      const statement: SlipStatement = {
        stationId: 'TEST-1',
        installation: 1,
        sequence: 1,
        packetId: '019c8f3a-5e00-7abc-8def-0123456789ab',
        envelopeSha256: new Uint8Array(32),
        application: 'basic',
        createdAt: 0,
        clockTrust: 'drifting',
        simulated: false,
      };
      await checks.slipStatus(encodeSlipCode(signSlipStatement({ statement, signer: stranger })));
      const told = seen.map(({ fields }) => JSON.stringify(fields)).join();
      if (!told.includes('other-issuer') || !told.includes('forged')) throw new Error(`not told: ${told}`);
      return seen;
    },
  },
];
