public import CaseViews

extension ViewQueries: CaseQueries {}
