require('qodacode.commands')
