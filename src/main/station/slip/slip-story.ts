import type { ShownSlip } from '#domain/session/snapshot.ts';

/** What happens next differs with what was asked for: a lost e-ID stays valid until its loss is accepted. */
export type SlipStory =
  | ShownSlip['state']
  | 'loss-waiting'
  | 'loss-referred'
  | 'loss-rejected'
  | 'upgrade-rejected';

export function storyOf(slip: Pick<ShownSlip, 'application' | 'state'>): SlipStory {
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
