import type { PropView } from '../../props/prop-view.ts';
import { createPhoto } from './photo.ts';
import type { HostedProp, PropHost } from './prop-host.ts';

export function createProp(kind: PropView['kind'], host: PropHost): HostedProp {
  switch (kind) {
    case 'photo':
      return createPhoto(host);
  }
}
