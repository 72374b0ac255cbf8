"""What the command line says, in each language."""

from __future__ import annotations

from collections.abc import Mapping

from qkv_explained.course import Lang

RUN = "python -m qkv_explained"

_EN = {
    "about": "Query, key and value in attention, explained by code that "
             "runs.",
    "concepts": "Concepts",
    "myths": "Myths",
    "commands": "Commands",
    "usage": "Usage",
    "options": "Options",
    "list": "all concepts and myths",
    "show": "the idea, the formula with its shapes, the sources",
    "run": "run the snippets, each alone, and print what the page prints",
    "shapes": "every shape and parameter count from X to the output",
    "myth": "measure again what the page of a myth reports",
    "help": "show this help",
    "lang": "language of what is said: zh, en or ru",
    "version": "print the version",
    "name": "a concept or a myth, such as {example}",
    "step": "one snippet only",
    "module": "Module",
    "snippets": "Snippets",
    "page": "Page",
    "first": "Read first",
    "sources": "Sources",
    "colon": ": ",
    "d_model": "numbers per token (512)",
    "heads": "heads of queries (8)",
    "kv_heads": "heads of keys and values (as many as heads)",
    "d_k": "numbers per query and key in one head (d_model / heads)",
    "d_v": "numbers per value in one head (d_k)",
    "tokens": "tokens in the sequence (10)",
    "batch": "sequences at once (no batch axis)",
    "size": "quick (seconds to minutes) or full (as published)",
    "seeds": "how many seeds",
    "out": "where to write the result",
    "unknown": "{what}: “{name}”.",
    "nearest": "Did you mean: {names}?",
    "known": "Known: {names}",
    "what_name": "No such name",
    "what_command": "No such command",
    "what_language": "No such language",
    "what_option": "No such option",
    "what_step": "No such snippet",
    "what_size": "No such size",
    "is_name": "“{name}” is a concept; for more type: {command}",
    "not_myth": "“{name}” is a concept, not a myth. Myths: {names}",
    "which": "Which one? Known: {names}",
    "needs_value": "{option} needs a value.",
    "not_number": "{option} needs a whole number, not “{value}”.",
    "too_many": "Too much was typed: “{value}”. See: {command} --help",
    "no_snippets": "“{name}” has no snippets.",
    "failed": "{name} failed (exit status {status}).",
    "no_torch": "This needs torch, which is not installed. Type: "
                "python -m pip install torch",
    "no_folder": "The folder {path} does not exist; make it first.",
    "is_folder": "{path} is a folder; give the name of a file in it.",
    "stopped": "Stopped.",
    "positive": "{argument}: got {value}; it must be at least 1.",
    "heads_uneven":
        "d_model = {d_model} with {n_heads} heads does not work: every "
        "head gets d_model / heads numbers, and {d_model} / {n_heads} = "
        "{whole}, remainder {rest}.",
    "heads_choices": "Head counts that do work: {choices}",
    "heads_way_out":
        "Or give every head a width of your own: --d-k {whole} (then the "
        "heads make {joined} numbers together, and W_O leads from "
        "{joined} back to {d_model}).",
    "kv_uneven":
        "{n_heads} heads cannot share {n_kv_heads} heads of keys and "
        "values evenly: {n_heads} / {n_kv_heads} = {whole}, remainder "
        "{rest}.",
    "kv_choices": "Values of --kv-heads that do work: {choices}",
}

_ZH = {
    "about": "用能运行的代码讲清楚注意力里的查询、键和值。",
    "concepts": "概念",
    "myths": "流言",
    "commands": "命令",
    "usage": "用法",
    "options": "选项",
    "list": "列出全部概念和流言",
    "show": "一句话说明、带形状的公式、出处",
    "run": "逐个单独运行代码片段，打印页面上的输出",
    "shapes": "从 X 到输出，每个张量的形状和参数量",
    "myth": "把流言页面上的结果重新测一遍",
    "help": "显示这段帮助",
    "lang": "界面语言：zh、en 或 ru",
    "version": "显示版本号",
    "name": "概念或流言的名字，例如 {example}",
    "step": "只运行这一个片段",
    "module": "模块",
    "snippets": "代码片段",
    "page": "页面",
    "first": "先读",
    "sources": "出处",
    "colon": "：",
    "d_model": "每个 token 有多少个数（512）",
    "heads": "查询的头数（8）",
    "kv_heads": "键和值的头数（默认与 heads 相同）",
    "d_k": "每个头里查询和键有多少个数（默认 d_model / heads）",
    "d_v": "每个头里值有多少个数（默认与 d_k 相同）",
    "tokens": "序列里的 token 数（10）",
    "batch": "一批多少个序列（默认没有批次轴）",
    "size": "quick（几秒到几分钟）或 full（与发布的结果相同）",
    "seeds": "用多少个随机种子",
    "out": "结果写到哪个文件",
    "unknown": "{what}：“{name}”。",
    "nearest": "你要的是不是：{names}",
    "known": "可用的有：{names}",
    "what_name": "没有这个名字",
    "what_command": "没有这个命令",
    "what_language": "没有这种语言",
    "what_option": "没有这个选项",
    "what_step": "没有这个片段",
    "what_size": "没有这种规模",
    "is_name": "“{name}”是一个概念；想看它请输入：{command}",
    "not_myth": "“{name}”是概念，不是流言。流言有：{names}",
    "which": "要哪一个？可用的有：{names}",
    "needs_value": "{option} 后面要有一个值。",
    "not_number": "{option} 后面要是整数，而不是“{value}”。",
    "too_many": "多输入了“{value}”。用法见：{command} --help",
    "no_snippets": "“{name}”没有代码片段。",
    "failed": "{name} 运行失败（退出码 {status}）。",
    "no_torch": "这一步需要 torch，但还没有安装。请输入："
                "python -m pip install torch",
    "no_folder": "文件夹 {path} 不存在，请先创建。",
    "is_folder": "{path} 是文件夹，请给出其中一个文件的名字。",
    "stopped": "已停止。",
    "positive": "{argument}：给的是 {value}，至少要是 1。",
    "heads_uneven":
        "d_model = {d_model} 配 {n_heads} 个头行不通：每个头分到 d_model "
        "/ heads 个数，而 {d_model} / {n_heads} = {whole}，余 {rest}。",
    "heads_choices": "可行的头数：{choices}",
    "heads_way_out":
        "也可以自己指定每个头的宽度：--d-k {whole}（这时各头合起来是 "
        "{joined} 个数，由 W_O 从 {joined} 变回 {d_model}）。",
    "kv_uneven":
        "{n_heads} 个查询头没法平均分给 {n_kv_heads} 个键头和值头："
        "{n_heads} / {n_kv_heads} = {whole}，余 {rest}。",
    "kv_choices": "可行的 --kv-heads：{choices}",
}

_RU = {
    "about": "Запрос, ключ и значение во внимании — в коде, который "
             "можно запустить.",
    "concepts": "Понятия",
    "myths": "Мифы",
    "commands": "Команды",
    "usage": "Как вызвать",
    "options": "Параметры",
    "list": "все понятия и мифы",
    "show": "идея, формула с размерами, источники",
    "run": "выполнить примеры, каждый отдельно, и напечатать то же, что "
           "на странице",
    "shapes": "все размеры и число параметров на пути от X до выхода",
    "myth": "измерить заново то, о чём говорит страница мифа",
    "help": "показать эту справку",
    "lang": "на каком языке говорить: zh, en или ru",
    "version": "показать версию",
    "name": "понятие или миф, например {example}",
    "step": "только один пример",
    "module": "Модуль",
    "snippets": "Примеры",
    "page": "Страница",
    "first": "Сначала прочтите",
    "sources": "Источники",
    "colon": ": ",
    "d_model": "сколько чисел на токен (512)",
    "heads": "сколько голов запросов (8)",
    "kv_heads": "сколько голов ключей и значений (столько же)",
    "d_k": "сколько чисел в запросе и ключе одной головы "
           "(d_model / heads)",
    "d_v": "сколько чисел в значении одной головы (d_k)",
    "tokens": "сколько токенов в последовательности (10)",
    "batch": "сколько последовательностей сразу (без оси батча)",
    "size": "quick (от секунд до минут) или full (как в публикации)",
    "seeds": "сколько зёрен генератора",
    "out": "куда записать результат",
    "unknown": "{what}: «{name}».",
    "nearest": "Может быть, {names}?",
    "known": "Есть: {names}",
    "what_name": "Неизвестное имя",
    "what_command": "Неизвестная команда",
    "what_language": "Неизвестный язык",
    "what_option": "Неизвестный параметр",
    "what_step": "Неизвестный пример",
    "what_size": "Неизвестный объём",
    "is_name": "«{name}» — это понятие; чтобы увидеть его, наберите: "
               "{command}",
    "not_myth": "«{name}» — понятие, а не миф. Мифы: {names}",
    "which": "Что именно? Есть: {names}",
    "needs_value": "После {option} нужно значение.",
    "not_number": "После {option} нужно целое число, а не «{value}».",
    "too_many": "Лишнее: «{value}». Справка: {command} --help",
    "no_snippets": "У «{name}» нет примеров.",
    "failed": "{name}: ошибка (код выхода {status}).",
    "no_torch": "Здесь нужен torch, а он не установлен. Наберите: "
                "python -m pip install torch",
    "no_folder": "Папки {path} нет; сначала создайте её.",
    "is_folder": "{path} — папка; укажите имя файла в ней.",
    "stopped": "Остановлено.",
    "positive": "{argument}: получено {value}, а нужно не меньше 1.",
    "heads_uneven":
        "d_model = {d_model} на {n_heads} голов не делится: каждой голове "
        "достаётся d_model / heads чисел, а {d_model} / {n_heads} = "
        "{whole}, остаток {rest}.",
    "heads_choices": "Подойдёт голов: {choices}",
    "heads_way_out":
        "Или задайте ширину головы сами: --d-k {whole} (тогда у всех голов "
        "вместе {joined} чисел, и W_O ведёт из {joined} обратно в "
        "{d_model}).",
    "kv_uneven":
        "Голов запросов {n_heads}, голов ключей и значений {n_kv_heads}: "
        "поровну не выходит, {n_heads} / {n_kv_heads} = {whole}, остаток "
        "{rest}.",
    "kv_choices": "Для --kv-heads подойдёт: {choices}",
}

WORDS: Mapping[Lang, Mapping[str, str]] = {"zh": _ZH, "en": _EN, "ru": _RU}
