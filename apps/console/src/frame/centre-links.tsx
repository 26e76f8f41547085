import { useQuery } from '@tanstack/react-query';
import { Card } from 'antd';
import { Link } from 'react-router';
import { asking, yizhan } from '../api/yizhan.js';
import { useTexts } from '../i18n/use-texts.js';

interface Centre {
  readonly role: string;
  readonly areas: readonly string[];
}

/** The areas whose figures somebody may see; nothing for who works at stations. */
export function CentreLinks({ role, areas }: Centre) {
  const { t } = useTexts();
  const isCentre = role === 'command_centre' || role === 'administrator';
  const known = useQuery({
    queryKey: ['centre', 'areas'],
    enabled: isCentre,
    queryFn: () => asking(() => yizhan.areas.list({ query: { limit: 200 } })),
  });
  const shown = (known.data?.items ?? []).filter(({ areaCode }) => areas.length === 0 || areas.includes(areaCode));
  if (!isCentre || shown.length === 0) return null;
  return (
    <div className="stations">
      {shown.length > 1 && (
        <Link to="/centre/screen">
          <Card hoverable size="small" title={t('home.all_centres', { number: shown.length })}>
            {t('home.all_centres_about')}
          </Card>
        </Link>
      )}
      {shown.map(({ areaCode, name }) => (
        <Link key={areaCode} to={`/centre/${areaCode}`}>
          <Card hoverable size="small" title={t('home.centre', { area: name })}>
            {t('home.centre_about')}
          </Card>
        </Link>
      ))}
    </div>
  );
}
