import { Alert, Button } from 'antd';
import { useState } from 'react';
import { saveFile } from '../api/save-file.js';
import { useTexts } from '../i18n/use-texts.js';
import { type Cell, csvOf } from './csv.js';

interface Saved {
  /** Without its ending. */
  readonly name: string;
  readonly head: readonly string[];
  readonly lines: readonly (readonly Cell[])[];
}

/** Saves a table as it is shown, for spreadsheets. */
export function SaveTable({ read }: { readonly read: () => Saved }) {
  const { t, problem } = useTexts();
  const [failure, setFailure] = useState<unknown>();
  const saveCsv = (): void => {
    const { name, head, lines } = read();
    saveFile(`${name}.csv`, new Blob([csvOf([head, ...lines])], { type: 'text/csv;charset=utf-8' }));
  };
  const saveWorkbook = async (): Promise<void> => {
    const { name, head, lines } = read();
    // Loaded when somebody asks for the first one.
    const { workbookOf } = await import('./workbook.js');
    saveFile(`${name}.xlsx`, await workbookOf(head, lines));
  };
  return (
    <>
      <Button onClick={saveCsv}>{t('centre.export')}</Button>
      <Button onClick={() => void saveWorkbook().then(() => setFailure(undefined), setFailure)}>
        {t('centre.export_excel')}
      </Button>
      {failure !== undefined && <Alert role="alert" type="error" showIcon title={problem(failure)} />}
    </>
  );
}
