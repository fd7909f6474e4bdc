"""A language model beside the rules: it words answers around placeholders and proposes readings; code decides."""
