import type { Language } from '../language.ts';

/**
 * Ethnic groups by their two-digit code in GB/T 3304, with the standard's Chinese name and romanisation. Codes from
 * 57 to 96 occur on cards but vendor tables disagree on them, so that they have no name here: show the raw code.
 */
const GROUPS: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  '01': { 'zh-CN': '汉', en: 'Han' },
  '02': { 'zh-CN': '蒙古', en: 'Mongol' },
  '03': { 'zh-CN': '回', en: 'Hui' },
  '04': { 'zh-CN': '藏', en: 'Zang' },
  '05': { 'zh-CN': '维吾尔', en: 'Uygur' },
  '06': { 'zh-CN': '苗', en: 'Miao' },
  '07': { 'zh-CN': '彝', en: 'Yi' },
  '08': { 'zh-CN': '壮', en: 'Zhuang' },
  '09': { 'zh-CN': '布依', en: 'Buyei' },
  '10': { 'zh-CN': '朝鲜', en: 'Chosen' },
  '11': { 'zh-CN': '满', en: 'Man' },
  '12': { 'zh-CN': '侗', en: 'Dong' },
  '13': { 'zh-CN': '瑶', en: 'Yao' },
  '14': { 'zh-CN': '白', en: 'Bai' },
  '15': { 'zh-CN': '土家', en: 'Tujia' },
  '16': { 'zh-CN': '哈尼', en: 'Hani' },
  '17': { 'zh-CN': '哈萨克', en: 'Kazak' },
  '18': { 'zh-CN': '傣', en: 'Dai' },
  '19': { 'zh-CN': '黎', en: 'Li' },
  '20': { 'zh-CN': '傈僳', en: 'Lisu' },
  '21': { 'zh-CN': '佤', en: 'Va' },
  '22': { 'zh-CN': '畲', en: 'She' },
  '23': { 'zh-CN': '高山', en: 'Gaoshan' },
  '24': { 'zh-CN': '拉祜', en: 'Lahu' },
  '25': { 'zh-CN': '水', en: 'Sui' },
  '26': { 'zh-CN': '东乡', en: 'Dongxiang' },
  '27': { 'zh-CN': '纳西', en: 'Naxi' },
  '28': { 'zh-CN': '景颇', en: 'Jingpo' },
  '29': { 'zh-CN': '柯尔克孜', en: 'Kirgiz' },
  '30': { 'zh-CN': '土', en: 'Tu' },
  '31': { 'zh-CN': '达斡尔', en: 'Daur' },
  '32': { 'zh-CN': '仫佬', en: 'Mulao' },
  '33': { 'zh-CN': '羌', en: 'Qiang' },
  '34': { 'zh-CN': '布朗', en: 'Blang' },
  '35': { 'zh-CN': '撒拉', en: 'Salar' },
  '36': { 'zh-CN': '毛南', en: 'Maonan' },
  '37': { 'zh-CN': '仡佬', en: 'Gelao' },
  '38': { 'zh-CN': '锡伯', en: 'Xibe' },
  '39': { 'zh-CN': '阿昌', en: 'Achang' },
  '40': { 'zh-CN': '普米', en: 'Pumi' },
  '41': { 'zh-CN': '塔吉克', en: 'Tajik' },
  '42': { 'zh-CN': '怒', en: 'Nu' },
  '43': { 'zh-CN': '乌孜别克', en: 'Uzbek' },
  '44': { 'zh-CN': '俄罗斯', en: 'Russ' },
  '45': { 'zh-CN': '鄂温克', en: 'Ewenki' },
  '46': { 'zh-CN': '德昂', en: 'Deang' },
  '47': { 'zh-CN': '保安', en: 'Bonan' },
  '48': { 'zh-CN': '裕固', en: 'Yugur' },
  '49': { 'zh-CN': '京', en: 'Gin' },
  '50': { 'zh-CN': '塔塔尔', en: 'Tatar' },
  '51': { 'zh-CN': '独龙', en: 'Derung' },
  '52': { 'zh-CN': '鄂伦春', en: 'Oroqen' },
  '53': { 'zh-CN': '赫哲', en: 'Hezhen' },
  '54': { 'zh-CN': '门巴', en: 'Monba' },
  '55': { 'zh-CN': '珞巴', en: 'Lhoba' },
  '56': { 'zh-CN': '基诺', en: 'Jino' },
  '97': { 'zh-CN': '其他', en: 'Other' },
  '98': { 'zh-CN': '外国血统中国籍人士', en: 'Chinese citizen of foreign descent' },
};

/** The group as it is shown: its name, or the code as it stands on the card when the standard does not name it. */
export function ethnicGroupName(group: { readonly code: string; readonly language: Language }): string {
  const { code, language } = group;
  return Object.hasOwn(GROUPS, code) ? (GROUPS[code]?.[language] ?? code) : code;
}
