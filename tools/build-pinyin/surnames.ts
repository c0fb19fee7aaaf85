/**
 * Surnames of one character, roughly in order of how many people bear them (the first hundred as the Ministry of Public
 * Security reported them for 2020), then the rest of the Hundred Family Surnames and rare ones. An order for a list of
 * candidates, no statistics.
 */
export const SURNAMES = [
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许邓冯韩曹曾彭萧肖蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严覃武莫孔向汤',
  '常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都普阙浦戈伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭况那宿鲜印逯隆茹诺战慕危玉银亢嵇公哈湛宾戎勾茅利於呼居揭干但尉冶斯元束檀衣信展阴昝智幸奉植衡富尧闭由',
  '水昌凤酆贝滑昂羿汲邴糜松弓牧隗山宓蓬郗仰秋暴钭束韶蓟怀从鄂咸籍赖双莘贡逄扶堵宰郦郤璩濮寿通郏别庄充习宦鱼慎庾终暨步弘广禄东殳沃蔚越夔厍融訾空毋乜养须巢蒯后红竺益桓召言福繁员句要过谯折郄撒甯么教种黑秘祭能不洪经家令付代',
].join('');

/** Surnames of two characters, the common ones first. */
export const COMPOUND_SURNAMES =
  '欧阳 上官 皇甫 令狐 诸葛 司马 司徒 慕容 尉迟 长孙 夏侯 东方 端木 呼延 公孙 轩辕 宇文 拓跋 独孤 南宫 西门 百里 完颜 耶律 纳兰 万俟 闻人 赫连 澹台 公冶 宗政 濮阳 淳于 单于 太叔 申屠 仲孙 钟离 鲜于 闾丘 司空 亓官 司寇 仉督 子车 颛孙 巫马 公西 漆雕 乐正 壤驷 公良 夹谷 宰父 谷梁 段干 东郭 南门 羊舌 微生 梁丘 左丘 东门 第五'.split(
    ' ',
  );

/**
 * How a surname is read where it is read otherwise than the same character elsewhere, and where families differ. The
 * package knows most; these are what it lacks.
 */
export const SURNAME_READINGS: Readonly<Record<string, readonly string[]>> = {
  不: ['fou'],
  仝: ['tong'],
  代: ['dai'],
  么: ['yao'],
  佘: ['she'],
  单于: ['chan', 'yu'],
  宁: ['ning'],
  宓: ['mi', 'fu'],
  尉: ['wei', 'yu'],
  折: ['she', 'zhe'],
  教: ['jiao'],
  柏: ['bai', 'bo'],
  祭: ['zhai', 'ji'],
  种: ['chong'],
  秘: ['bi', 'mi'],
  繁: ['po'],
  能: ['nai'],
  薄: ['bo'],
  覃: ['qin', 'tan'],
  谌: ['chen', 'shen'],
  费: ['fei', 'bi'],
  逄: ['pang'],
  郄: ['qie', 'xi'],
  郗: ['xi', 'chi'],
  隗: ['wei', 'kui'],
  隋: ['sui'],
  盛: ['sheng'],
  翟: ['zhai', 'di'],
  乐: ['yue', 'le'],
  黑: ['he', 'hei'],
  仉督: ['zhang', 'du'],
  子车: ['zi', 'ju'],
  谷梁: ['gu', 'liang'],
};
