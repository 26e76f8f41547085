import { openTestKeystore } from '../../../../test/support/test-keystore.js';
import { CaseNotes } from './case-notes.js';

test('what was written under a key that is lost is gone, and no key is made in its place', async () => {
  const [kept, lost] = [await openTestKeystore(), await openTestKeystore()];
  const { sealed } = await new CaseNotes(kept.keystore).seal('1', '车在门口');
  expect(await new CaseNotes(kept.keystore).open('1', [sealed])).toEqual(['车在门口']);
  expect(await new CaseNotes(lost.keystore).open('1', [sealed])).toBeUndefined();
  expect(await lost.keystore.find('case:1')).toBeUndefined();
  kept.removeKeystore();
  lost.removeKeystore();
});
