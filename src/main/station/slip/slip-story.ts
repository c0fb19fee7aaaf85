import type { SlipFacts } from '#domain/session/snapshot.ts';
import type { SlipKey } from './slip-texts.ts';

/** What happens next differs with what was asked for: a lost e-ID stays valid until its loss is accepted. */
export type SlipStory =
  | SlipFacts['state']
  | 'loss-waiting'
  | 'loss-referred'
  | 'loss-rejected'
  | 'upgrade-rejected';

export function storyOf(slip: Pick<SlipFacts, 'application' | 'state'>): SlipStory {
  const { application, state } = slip;
  switch (state) {
    case 'issued':
    case 'collect':
    case 'revoked':
      return state;
    case 'waiting':
    case 'referred':
      return application === 'report-lost' ? `loss-${state}` : state;
    case 'rejected':
      if (application === 'report-lost') return 'loss-rejected';
      return application === 'upgrade' ? 'upgrade-rejected' : state;
  }
}

/** Of a loss report that was rejected, "not issued" would say the wrong thing. */
export function stateKey(slip: Pick<SlipFacts, 'application' | 'state'>): SlipKey {
  return storyOf(slip) === 'loss-rejected' ? 'state.loss-rejected' : `state.${slip.state}`;
}
