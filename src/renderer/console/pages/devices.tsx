import type { JSX } from 'preact';
import { useConsole, useText } from '../context.ts';
import { Panel } from '../frame/panel.tsx';
import { DeviceTable } from './state-panels.tsx';

export function DevicesPage(): JSX.Element | null {
  const t = useText();
  const { station } = useConsole();
  const repair = station.repair.value;
  if (repair === null) return null;
  return (
    <Panel name="devices" title={t('nav.devices')} wide>
      <DeviceTable devices={repair.devices} />
      <button
        type="button"
        class="button"
        data-action="reconnect-devices"
        onClick={() => void station.call('reconnectDevices', {})}
      >
        {t('actions.reconnect')}
      </button>
    </Panel>
  );
}
