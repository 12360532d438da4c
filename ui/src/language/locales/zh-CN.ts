import element from 'element-plus/es/locale/lang/zh-cn'

export const files = import.meta.glob<{ default: Record<string, unknown> }>('/src/**/words/zh-CN.json', { eager: true })
export { element }
