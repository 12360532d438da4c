import element from 'element-plus/es/locale/lang/en'

export const files = import.meta.glob<{ default: Record<string, unknown> }>('/src/**/words/en.json', { eager: true })
export { element }
