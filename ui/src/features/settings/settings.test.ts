import { describe, expect, it } from 'vitest'
import { restoring } from './settings'

describe('the command that restores', () => {
  it('leavesTheHomeThatIsThereAlone', () => {
    expect(restoring('/home/ada/.soloist/backups/a.soloist', '/home/ada/.soloist/backups')).toBe(
      'core/soloist restore --file /home/ada/.soloist/backups/a.soloist \\\n  --home /home/ada/.soloist-restored\n' +
        'core/soloist start --home /home/ada/.soloist-restored',
    )
  })

  it('isOneCommandWhateverAFolderIsCalled', () => {
    expect(restoring("/Ada's files; rm/backups/a.soloist", "/Ada's files; rm/backups")).toContain(`--file '/Ada'\\''s files; rm/backups/a.soloist' `)
  })
})
