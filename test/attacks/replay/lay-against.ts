import { judgeTry } from '#domain/liveness/judge.ts';
import type { LandmarkFrame } from '#domain/liveness/landmark-frame.ts';
import type { Plan } from '#domain/liveness/plan.ts';
import type { Verdict } from '#domain/liveness/verdict.ts';
import { BEGINS_AT, FRAME_EVERY, runVirtualTry } from '../run/virtual-try.ts';

/** The shortest sequence of bytes that the station takes for a picture (ITU-T T.81): nobody looks at it. */
const BLANK = Uint8Array.of(0xff, 0xd8, 0xff, 0xd9);

/**
 * One recording before the station, from one of its frames on, in virtual time and with the station's own conductor and
 * judge. Without flashes and without comparing faces: neither was recorded, and both could only stop more.
 */
export async function layAgainst({
  frames,
  from,
  plan,
}: {
  readonly frames: readonly LandmarkFrame[];
  readonly from: number;
  readonly plan: Plan;
}): Promise<Verdict> {
  const begin = frames[from]?.at ?? 0;
  let next = from;
  let lastAt = BEGINS_AT;
  const { judged } = await runVirtualTry({
    camera: {
      show: async () => {
        const frame = frames[next];
        next += 1;
        // Whoever held the recording up goes when it is over.
        lastAt = frame === undefined ? lastAt + FRAME_EVERY : frame.at - begin + BEGINS_AT;
        return frame === undefined ? nobody(lastAt) : { ...frame, at: lastAt };
      },
      capture: async () => ({ at: lastAt, jpeg: BLANK }),
    },
    embed: async () => null,
    perform: () => NOTHING,
    plan,
    flash: false,
  });
  return judgeTry({ ...judged, switches: { identity: false, flash: false } });
}

const NOTHING = { people: [] };

function nobody(at: number): LandmarkFrame {
  return {
    ...{ at, width: 640, height: 480, faces: 0, points: null, secondFaceShare: 0 },
    ...{ light: null, texture: null, colour: null, digest: Math.round(at) },
  };
}
