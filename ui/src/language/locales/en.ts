import element from 'element-plus/es/locale/lang/en'

export const files = import.meta.glob<{ default: Record<string, unknown> }>('../../**/words/en.json', { eager: true })
export { element }
