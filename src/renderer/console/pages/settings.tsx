import type { JSX } from 'preact';
import { useText, useView } from '../context.ts';
import { Panel } from '../frame/panel.tsx';
import { ChangeSettingPanel, changeable } from './change-setting.tsx';

/** What is set, and who set it; below, what whoever is logged in may set at this terminal. */
export function SettingsPage(): JSX.Element {
  const t = useText();
  const settings = useView('settings', {});
  return (
    <>
      <Panel name="settings" title={t('nav.settings')} wide>
        <p class="panel__text">{t('settings.lead')}</p>
        <div class="table-frame">
          <table class="table">
            <thead>
              <tr>
                <th scope="col">{t('settings.name')}</th>
                <th scope="col">{t('settings.value')}</th>
                <th scope="col">{t('settings.source')}</th>
              </tr>
            </thead>
            <tbody>
              {(settings ?? []).map(({ name, value, source }) => (
                <tr key={name} data-setting={name}>
                  <td class="mono">{name}</td>
                  <td class="mono table__value">{value}</td>
                  <td>{t(`source.${source}`)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </Panel>
      {settings === null ? null : <ChangeSettingPanel settings={changeable(settings)} />}
    </>
  );
}
