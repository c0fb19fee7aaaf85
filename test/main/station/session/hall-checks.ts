import { err, ok } from '#domain/result.ts';
import type { CheckedEid, SlipStatus } from '#domain/session/snapshot.ts';
import type { CheckDesk } from '#station/ports.ts';

/** A check desk that knows the codes that it was told of, and like the real one keeps one e-ID until it is forgotten. */
export function hallChecks() {
  const slips = new Map<string, SlipStatus>();
  const eids = new Map<string, CheckedEid>();
  let checked: CheckedEid | null = null;
  let forgotten = 0;
  let hold: Promise<void> = Promise.resolve();
  const port: CheckDesk = {
    async checkEid(code) {
      checked = null;
      await hold;
      const known = eids.get(code);
      if (known === undefined) return err('not-ours');
      checked = known;
      return ok(known);
    },
    async checkAnswer(code) {
      if (checked === null || checked.challenge === null || !code.startsWith('EIDA1:'))
        return err('not-ours');
      checked =
        code === RIGHT_ANSWER
          ? { ...checked, holder: 'same-holder', challenge: null }
          : { ...checked, holder: 'other-phone', challenge: `${checked.challenge}+` };
      return ok(checked);
    },
    async slipStatus(code) {
      await hold;
      const known = slips.get(code);
      if (known) return ok(known);
      return err(code.startsWith('EIDS1:') ? 'forged' : 'not-ours');
    },
    forget() {
      checked = null;
      forgotten += 1;
    },
  };
  return {
    port,
    slips,
    eids,
    get keepsAnEid() {
      return checked !== null;
    },
    get forgotten() {
      return forgotten;
    },
    /** Answers nothing until the returned function is called. */
    holdAnswers(): () => void {
      let release: () => void = () => {};
      hold = new Promise((resolve) => {
        release = resolve;
      });
      return release;
    },
  };
}
export const RIGHT_ANSWER = 'EIDA1:RIGHT';
