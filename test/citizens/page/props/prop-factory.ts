import type { PropView } from '../../props/prop-view.ts';
import { createMannequin } from './mannequin.ts';
import { createPhoto } from './photo.ts';
import type { HostedProp, PropHost } from './prop-host.ts';
import { createScreen } from './screen.ts';

export function createProp(kind: PropView['kind'], host: PropHost): HostedProp {
  switch (kind) {
    case 'photo':
      return createPhoto(host);
    case 'screen':
      return createScreen(host);
    case 'mannequin':
      return createMannequin(host);
  }
}
