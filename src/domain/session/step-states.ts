import { cardStates } from './card-states.ts';
import { chartSetup } from './chart-setup.ts';
import { checkStates } from './check-states.ts';
import { cameraProblem, exchange, face, faceFailed } from './face-states.ts';
import { holderStates } from './holder-states.ts';
import { openingStates } from './opening-states.ts';
import { passwordStates } from './password-states.ts';
import { phoneStates } from './phone-states.ts';
import { sendingStates } from './sending-states.ts';
import { statusStates } from './status-states.ts';

/**
 * The way from the first touch to "send", or to an answer: who comes later finds what was given before still standing.
 *
 * | visit | after `visit` |
 * |---|---|
 * | full | consent, phone, password, card, face, review |
 * | basic | consent, phone, password, number, name, face, review |
 * | upgrade | consent, phone, password, card, face, review |
 * | report-lost | consent, number, password, face, review |
 * | status | scanSlip, status |
 * | check | scanEid, checked |
 */
export const steps = chartSetup.createStateConfig({
  initial: 'language',
  states: {
    ...openingStates,
    ...phoneStates,
    ...passwordStates,
    ...holderStates,
    ...cardStates,
    face,
    faceFailed,
    exchange,
    cameraProblem,
    ...sendingStates,
    ...statusStates,
    ...checkStates,
  },
});
